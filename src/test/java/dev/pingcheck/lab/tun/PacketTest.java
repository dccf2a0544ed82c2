package dev.pingcheck.lab.tun;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.engine.TestPackets;
import dev.pingcheck.engine.wire.IcmpVersion;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcap4j.packet.IcmpV4CommonPacket;
import org.pcap4j.packet.IcmpV4EchoReplyPacket;
import org.pcap4j.packet.IcmpV6CommonPacket;
import org.pcap4j.packet.IcmpV6EchoReplyPacket;
import org.pcap4j.packet.IllegalRawDataException;
import org.pcap4j.packet.IpV4Packet;
import org.pcap4j.packet.IpV6Packet;

/** The lab's packets, read by pcap4j, which knows nothing of them. */
class PacketTest {
  private static final Targets TARGETS = new Targets(2500);

  static Packet request(int ordinal, int payload) {
    boolean ipv6 = Targets.isIpv6(ordinal);
    IcmpVersion version = ipv6 ? IcmpVersion.ICMPV6 : IcmpVersion.ICMPV4;
    byte[] message = TestPackets.request(version, 0x4711, ordinal, ordinal, 77L, payload);
    byte[] own = address(ipv6 ? Targets.OWN_IPV6 : Targets.OWN_IPV4);
    return Packet.of(own, TARGETS.octets(ordinal), message).seal();
  }

  private static byte[] address(String literal) {
    return InetAddress.ofLiteral(literal).getAddress();
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 57, 1001})
  void anIpv4ReplyHasBothAddressesAndBothChecksumsRight(int payload)
      throws IllegalRawDataException {
    byte[] octets = request(8, payload).reply().octets();
    IpV4Packet ip = IpV4Packet.newPacket(octets, 0, octets.length);
    assertThat(ip.getHeader().getSrcAddr()).isEqualTo((Inet4Address) TARGETS.address(8));
    assertThat(ip.getHeader().getDstAddr().getHostAddress()).isEqualTo("10.77.0.1");
    assertThat(ip.getHeader().hasValidChecksum(false)).isTrue();
    assertThat(ip.get(IcmpV4CommonPacket.class).hasValidChecksum(false)).isTrue();
    assertThat(ip.get(IcmpV4EchoReplyPacket.class).getHeader().getSequenceNumberAsInt())
        .isEqualTo(8);
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 57, 1001})
  void anIpv6ReplyHasBothAddressesAndItsChecksumRight(int payload) throws IllegalRawDataException {
    byte[] octets = request(9, payload).reply().octets();
    IpV6Packet ip = IpV6Packet.newPacket(octets, 0, octets.length);
    Inet6Address source = ip.getHeader().getSrcAddr();
    Inet6Address destination = ip.getHeader().getDstAddr();
    assertThat(source).isEqualTo(TARGETS.address(9));
    assertThat(destination).isEqualTo(InetAddress.ofLiteral("fd77::1"));
    assertThat(ip.get(IcmpV6CommonPacket.class).hasValidChecksum(source, destination, false))
        .isTrue();
    assertThat(ip.get(IcmpV6EchoReplyPacket.class).getHeader().getSequenceNumberAsInt())
        .isEqualTo(9);
  }

  @Test
  void eachFlippedBitBreaksTheChecksum() {
    for (int ordinal = 0; ordinal < 2; ordinal++) {
      Packet packet = request(ordinal, 57).reply();
      for (int bit = 0; bit < packet.size() * Byte.SIZE; bit++) {
        Packet flipped = packet.copy();
        flipped.set(bit / 8, flipped.at(bit / 8) ^ 1 << bit % 8);
        assertThat(flipped.isMessageSound()).as("bit %d", bit).isFalse();
      }
      assertThat(packet.isMessageSound()).isTrue();
    }
  }

  @Test
  void theOrdinalOfARequestIsToldFromItsAddressAlsoWhenSomeAreMissing() {
    byte[] came = TARGETS.octets(2 * 2500 * 3 + 14);
    assertThat(TARGETS.ordinal(came, 2 * 2500 * 3 + 14)).isEqualTo(15_014);
    assertThat(TARGETS.ordinal(came, 2 * 2500 * 3 + 4)).isEqualTo(15_014);
    assertThat(TARGETS.ordinal(came, 2 * 2500 * 2 + 16)).isEqualTo(15_014);
    assertThat(TARGETS.ordinal(Targets.outside(false, 3), 0)).isEqualTo(-1);
  }

  @Test
  void aScriptIsTheSameForTheSameSeedAndAnotherForAnother() {
    int same = 0;
    for (int ordinal = 0; ordinal < 1000; ordinal++) {
      assertThat(new Script(1).deed(ordinal)).isEqualTo(new Script(1).deed(ordinal));
      same += new Script(1).deed(ordinal) == new Script(2).deed(ordinal) ? 1 : 0;
    }
    assertThat(same).isLessThan(500);
  }

  @Test
  void everyErrorQuotesItsRequestFromTheSameOctetOn() {
    for (int ordinal = 0; ordinal < 100; ordinal++) {
      Packet request = request(ordinal, 56);
      Packet error = new Errors(ordinal, request, new SplittableRandom(ordinal)).full().packet();
      assertThat(error.isMessageSound()).isTrue();
      assertThat(error.message(error.size()))
          .as("request %d", ordinal)
          .endsWith(request.quote(request.size()));
    }
  }
}
