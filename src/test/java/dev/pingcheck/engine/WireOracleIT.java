package dev.pingcheck.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
        capture("icmp[icmptype] == icmp-echo", "-t", "33", "-s", "57", "-M", "dont", "10.9.1.2");
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
  void typeOfServiceAndDontFragmentAndPatternAreAsAskedFor() throws Exception {
    String[] how = {"-Q", "0x2f", "-M", "do", "-p", "ff01"};
    for (Packet packet :
        capture(
            "icmp[icmptype] == icmp-echo",
            how[0],
            how[1],
            how[2],
            how[3],
            how[4],
            how[5],
            "10.9.1.2")) {
      IpV4Packet ip = packet.get(IpV4Packet.class);
      assertThat(ip.getHeader().getTos().value()).isEqualTo((byte) 0x2f);
      assertThat(ip.getHeader().getDontFragmentFlag()).isTrue();
      byte[] payload = packet.get(IcmpV4EchoPacket.class).getPayload().getRawData();
      assertThat(payload).hasSize(56).endsWith(0xff, 1, 0xff, 1);
    }
    for (Packet packet : capture("ip6[40] == 128", "-Q", "47", "fd09:1::2")) {
      assertThat(packet.get(IpV6Packet.class).getHeader().getTrafficClass().value())
          .isEqualTo((byte) 47);
    }
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
    try (NetworkNamespaces net = new NetworkNamespaces()) {
      return WireCapture.of(
          net,
          folder,
          filter,
          3,
          () -> {
            List<String> arguments = new ArrayList<>(List.of("-c", "3", "-i", "0.05"));
            arguments.addAll(List.of(ping));
            NetworkNamespaces.Output output =
                NetworkNamespaces.ping(net.client(), arguments.toArray(String[]::new));
            assertThat(output.text()).contains("3 received");
          });
    }
  }
}
