package dev.pingcheck.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;

/** The probe's log: one line an entry on stderr, in a form that people read. */
final class ProbeLog {
  private static final String CONFIGURATION =
      """
      handlers=java.util.logging.ConsoleHandler
      .level=INFO
      java.util.logging.ConsoleHandler.level=INFO
      java.util.logging.SimpleFormatter.format=%1$tFT%1$tT.%1$tL%1$tz %4$-7s %5$s%6$s%n
      io.grpc.level=WARNING
      io.netty.level=WARNING
      org.xbill.level=SEVERE
      # gRPC asks every channel for SO_KEEPALIVE; a Unix socket has none, and Netty says so.
      io.netty.bootstrap.level=SEVERE
      """;

  private ProbeLog() {}

  /** Replaces whatever the runtime brings along. */
  static void configure() throws IOException {
    LogManager.getLogManager()
        .readConfiguration(
            new ByteArrayInputStream(CONFIGURATION.getBytes(StandardCharsets.ISO_8859_1)));
  }
}
