package dev.pingcheck.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapHandle.TimestampPrecision;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.Pcaps;

/** What libpcap reads in a file, and the comments, of which it knows nothing. */
final class PcapReading {

  /** A packet as libpcap has it; nanoseconds are those of its second. */
  record Read(byte[] octets, int nanos) {}

  private PcapReading() {}

  static List<Read> packets(byte[] content) throws Exception {
    Path file = Files.createTempFile("reading", ".pcapng");
    try {
      Files.write(file, content);
      List<Read> packets = new ArrayList<>();
      try (PcapHandle handle = Pcaps.openOffline(file.toString(), TimestampPrecision.NANO)) {
        for (byte[] octets = handle.getNextRawPacket();
            octets != null;
            octets = handle.getNextRawPacket()) {
          packets.add(new Read(octets, handle.getTimestamp().getNanos()));
        }
      } catch (PcapNativeException | NotOpenException e) {
        throw new IOException(e);
      }
      return packets;
    } finally {
      Files.delete(file);
    }
  }

  /** The first option of code 1 of each block of that type. */
  static List<String> comments(byte[] content, int type) {
    List<String> comments = new ArrayList<>();
    ByteBuffer file = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < content.length; at += file.getInt(at + 4)) {
      if (file.getInt(at) == type) {
        int option = at + (type == 6 ? 28 + (file.getInt(at + 20) + 3 & ~3) : 24);
        while (file.getShort(option) != 1) {
          option += 4 + (file.getShort(option + 2) + 3 & ~3);
        }
        comments.add(
            new String(content, option + 4, file.getShort(option + 2), StandardCharsets.UTF_8));
      }
    }
    return comments;
  }
}
