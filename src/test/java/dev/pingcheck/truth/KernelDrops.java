package dev.pingcheck.truth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Packets that this namespace's kernel dropped (proc(5)): no fault of engine or lab.
 *
 * @param atSockets replies that overran a receive buffer or, ICMPv6, had a wrong checksum
 * @param atDevice requests that overran the device's queue
 */
record KernelDrops(long atSockets, long atDevice) {
  private static final Path NET = Path.of("/proc/net");

  /** Column of the drops among the transmit figures. */
  private static final int DROPPED = 12;

  static KernelDrops read(String device) {
    long sockets = 0;
    for (String table : List.of("raw", "raw6", "icmp", "icmp6")) {
      sockets +=
          lines(table).stream()
              .skip(1)
              .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
              .sum();
    }
    long queue =
        lines("dev").stream()
            .filter(line -> line.startsWith(device + ":"))
            .mapToLong(line -> Long.parseLong(line.split("[:\\s]+")[DROPPED]))
            .sum();
    return new KernelDrops(sockets, queue);
  }

  private static List<String> lines(String file) {
    try {
      return Files.readAllLines(NET.resolve(file)).stream().map(String::strip).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
