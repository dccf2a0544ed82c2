package dev.pingcheck.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.Pcaps;
import org.pcap4j.packet.Packet;

/** What comes to the router from the client, captured by tcpdump and read by pcap4j. */
final class WireCapture {
  private WireCapture() {}

  /**
   * Captures while something is done.
   *
   * @param folder for the capture's file
   * @param filter of tcpdump (man 7 pcap-filter)
   * @param count how many packets; no more are waited for
   */
  static List<Packet> of(
      NetworkNamespaces net, Path folder, String filter, int count, Runnable deed)
      throws IOException, InterruptedException {
    Path file = folder.resolve("wire.pcap");
    Process tcpdump =
        NetworkNamespaces.start(
            net.router(),
            "tcpdump",
            "-U",
            "--immediate-mode",
            "-Z",
            "root",
            "-i",
            "net1",
            "-c",
            Integer.toString(count),
            "-w",
            file.toString(),
            filter);
    try {
      BufferedReader said = tcpdump.inputReader(StandardCharsets.UTF_8);
      String line = said.readLine();
      while (line != null && !line.contains("listening on")) {
        line = said.readLine();
      }
      deed.run();
      if (!tcpdump.waitFor(60, TimeUnit.SECONDS)) {
        throw new AssertionError("fewer than " + count + " packets passed");
      }
    } finally {
      tcpdump.destroy();
    }
    return read(file);
  }

  private static List<Packet> read(Path file) {
    List<Packet> packets = new ArrayList<>();
    try (PcapHandle handle = Pcaps.openOffline(file.toString())) {
      for (Packet p = handle.getNextPacket(); p != null; p = handle.getNextPacket()) {
        packets.add(p);
      }
    } catch (PcapNativeException | NotOpenException e) {
      throw new AssertionError(e);
    }
    return packets;
  }
}
