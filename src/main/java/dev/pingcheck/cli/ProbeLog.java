package dev.pingcheck.cli;

import dev.pingcheck.log.EntryText;
import dev.pingcheck.log.LogFormat;
import dev.pingcheck.log.LogOutput;
import java.io.ByteArrayInputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** The probe's log: one line an entry on stderr. */
final class ProbeLog {
  private static final String CONFIGURATION =
      """
      handlers=
      .level=INFO
      io.grpc.level=WARNING
      # A name that does not resolve comes with a stack trace here; the link says it in a sentence.
      io.grpc.internal.ManagedChannelImpl.level=SEVERE
      io.netty.level=WARNING
      org.xbill.level=SEVERE
      org.pcap4j.level=WARNING
      # gRPC asks every channel for SO_KEEPALIVE; a Unix socket has none, and Netty says so.
      io.netty.bootstrap.level=SEVERE
      """;

  private ProbeLog() {}

  /** Replaces whatever the runtime brings along. */
  static void configure(LogFormat format) throws IOException {
    LogManager.getLogManager()
        .readConfiguration(
            new ByteArrayInputStream(CONFIGURATION.getBytes(StandardCharsets.ISO_8859_1)));
    Logger.getLogger("")
        .addHandler(
            new LogOutput(
                new FileOutputStream(FileDescriptor.err), format.formatter(EntryText.PLAIN)));
  }
}
