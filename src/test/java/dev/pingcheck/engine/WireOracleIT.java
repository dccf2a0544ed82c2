package dev.pingcheck.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.Pcaps;
import org.pcap4j.packet.IcmpV4CommonPacket;
import org.pcap4j.packet.IcmpV4EchoPacket;
import org.pcap4j.packet.IcmpV6CommonPacket;
import org.pcap4j.packet.IcmpV6EchoRequestPacket;
import org.pcap4j.packet.IpV4Packet;
import org.pcap4j.packet.IpV6Packet;
import org.pcap4j.packet.Packet;
import org.pcap4j.packet.namednumber.IcmpV4Type;
import org.pcap4j.packet.namednumber.IcmpV6Type;

/** What we put on the wire, captured by tcpdump and read by pcap4j, which knows nothing of us. */
class WireOracleIT {
  @TempDir private Path folder;

  @Test
  void eachFieldAndChecksumOfEachIpv4RequestIsRight() throws Exception {
    List<Packet> packets =
        capture("icmp[icmptype] == icmp-echo", "-t", "33", "-s", "57", "10.9.1.2");
    List<Integer> sequences = new ArrayList<>();
    HashSet<Integer> identifiers = new HashSet<>();
    for (Packet packet : packets) {
      IpV4Packet ip = packet.get(IpV4Packet.class);
      IcmpV4CommonPacket icmp = packet.get(IcmpV4CommonPacket.class);
      IcmpV4EchoPacket echo = packet.get(IcmpV4EchoPacket.class);
      assertThat(ip.getHeader().getSrcAddr().getHostAddress()).isEqualTo("10.9.1.1");
      assertThat(ip.getHeader().getDstAddr().getHostAddress()).isEqualTo("10.9.1.2");
      assertThat(ip.getHeader().getTtlAsInt()).isEqualTo(33);
      assertThat(ip.getHeader().getTotalLengthAsInt()).isEqualTo(20 + 8 + 57);
      assertThat(ip.getHeader().getDontFragmentFlag()).isFalse();
      assertThat(ip.getHeader().hasValidChecksum(false)).isTrue();
      assertThat(icmp.getHeader().getType()).isEqualTo(IcmpV4Type.ECHO);
      assertThat(icmp.getHeader().getCode().value()).isZero();
      assertThat(icmp.hasValidChecksum(false)).isTrue();
      sequences.add(echo.getHeader().getSequenceNumberAsInt());
      identifiers.add(echo.getHeader().getIdentifierAsInt());
      assertPayload(echo.getPayload().getRawData(), sequences.size());
    }
    assertThat(sequences).containsExactly(1, 2, 3);
    assertThat(identifiers).hasSize(1).doesNotContain(0);
  }

  @Test
  void eachFieldAndChecksumOfEachIpv6RequestIsRight() throws Exception {
    List<Packet> packets = capture("ip6[40] == 128", "-t", "44", "-s", "57", "fd09:1::2");
    List<Integer> sequences = new ArrayList<>();
    for (Packet packet : packets) {
      IpV6Packet ip = packet.get(IpV6Packet.class);
      IcmpV6CommonPacket icmp = packet.get(IcmpV6CommonPacket.class);
      IcmpV6EchoRequestPacket echo = packet.get(IcmpV6EchoRequestPacket.class);
      assertThat(ip.getHeader().getDstAddr().getHostAddress()).isEqualTo("fd09:1:0:0:0:0:0:2");
      assertThat(ip.getHeader().getHopLimitAsInt()).isEqualTo(44);
      assertThat(ip.getHeader().getPayloadLengthAsInt()).isEqualTo(8 + 57);
      assertThat(icmp.getHeader().getType()).isEqualTo(IcmpV6Type.ECHO_REQUEST);
      assertThat(icmp.getHeader().getCode().value()).isZero();
      assertThat(
              icmp.hasValidChecksum(
                  ip.getHeader().getSrcAddr(), ip.getHeader().getDstAddr(), false))
          .isTrue();
      sequences.add(echo.getHeader().getSequenceNumberAsInt());
      assertPayload(echo.getPayload().getRawData(), sequences.size());
    }
    assertThat(sequences).containsExactly(1, 2, 3);
  }

  private static void assertPayload(byte[] payload, int number) {
    assertThat(payload).hasSize(57);
    assertThat(java.nio.ByteBuffer.wrap(payload).getLong(8)).isEqualTo(number);
    for (int i = 16; i < payload.length; i++) {
      assertThat(payload[i]).isEqualTo((byte) i);
    }
  }

  private List<Packet> capture(String filter, String... ping) throws Exception {
    Path file = folder.resolve("wire.pcap");
    try (NetworkNamespaces net = new NetworkNamespaces()) {
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
              "3",
              "-w",
              file.toString(),
              filter);
      BufferedReader said = tcpdump.inputReader(StandardCharsets.UTF_8);
      String line = said.readLine();
      while (line != null && !line.contains("listening on")) {
        line = said.readLine();
      }
      List<String> arguments = new ArrayList<>(List.of("-c", "3", "-i", "0.05"));
      arguments.addAll(List.of(ping));
      NetworkNamespaces.Output output =
          NetworkNamespaces.ping(net.client(), arguments.toArray(String[]::new));
      assertThat(output.text()).contains("3 received");
      assertThat(tcpdump.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
    return read(file);
  }

  private static List<Packet> read(Path file) throws Exception {
    List<Packet> packets = new ArrayList<>();
    try (PcapHandle handle = Pcaps.openOffline(file.toString())) {
      for (Packet p = handle.getNextPacket(); p != null; p = handle.getNextPacket()) {
        packets.add(p);
      }
    }
    return packets;
  }
}
