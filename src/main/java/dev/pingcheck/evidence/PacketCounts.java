package dev.pingcheck.evidence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many packets each file holds. A page asks every other second, and a file never changes: each
 * is read once. Thread safe.
 */
final class PacketCounts {
  private static final int PACKET_BLOCK = 6;

  private final Map<Path, Integer> known = new ConcurrentHashMap<>();

  /** A file has been written. */
  void learn(Path file, byte[] octets) {
    known.put(file, count(octets));
  }

  /** The packets of a file; empty if there is no such file. */
  OptionalInt of(Path file) throws IOException {
    Integer counted = known.get(file);
    if (counted != null) {
      return OptionalInt.of(counted);
    }
    try {
      int packets = count(Files.readAllBytes(file));
      known.put(file, packets);
      return OptionalInt.of(packets);
    } catch (NoSuchFileException hasMadeRoom) {
      return OptionalInt.empty();
    }
  }

  /** Forgets all files but these. */
  void retain(Set<Path> files) {
    known.keySet().retainAll(files);
  }

  /** Counts the packet blocks of a pcapng file; what a probe has sent may be anything. */
  static int count(byte[] file) {
    ByteBuffer blocks = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int packets = 0;
    for (int at = 0; at + 12 <= file.length; ) {
      int length = blocks.getInt(at + 4);
      if (length < 12 || length > file.length - at) {
        break;
      }
      if (blocks.getInt(at) == PACKET_BLOCK) {
        packets++;
      }
      at += length;
    }
    return packets;
  }
}
