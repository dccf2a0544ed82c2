package dev.pingcheck.engine.wire;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.pcap4j.packet.IcmpV4CommonPacket;
import org.pcap4j.packet.IcmpV4DestinationUnreachablePacket;
import org.pcap4j.packet.IcmpV4EchoPacket;
import org.pcap4j.packet.IcmpV4EchoReplyPacket;
import org.pcap4j.packet.IcmpV4RedirectPacket;
import org.pcap4j.packet.IcmpV6CommonPacket;
import org.pcap4j.packet.IcmpV6EchoReplyPacket;
import org.pcap4j.packet.IcmpV6EchoRequestPacket;
import org.pcap4j.packet.IcmpV6PacketTooBigPacket;
import org.pcap4j.packet.IcmpV6RedirectPacket;
import org.pcap4j.packet.IllegalRawDataException;
import org.pcap4j.packet.IpPacket;
import org.pcap4j.packet.IpV4Packet;
import org.pcap4j.packet.IpV6ExtFragmentPacket;
import org.pcap4j.packet.IpV6NeighborDiscoveryRedirectedHeaderOption;
import org.pcap4j.packet.Packet;
import org.pcap4j.packet.namednumber.IpNumber;

/** What pcap4j, which knows nothing of our decoder, reads in an ICMP message. */
final class PcapMessage {
  /** An echo request or reply; of a quoted one as much payload as is quoted. */
  record Echo(int identifier, int sequence, byte[] payload) {
    long word(int index) {
      return ByteBuffer.wrap(payload).getLong(index * Long.BYTES);
    }
  }

  /** The echo request that an error or a redirect quotes. */
  record Quote(InetAddress destination, Echo request) {}

  /** Type, length and what is reserved (RFC 4861 section 4.6.3). */
  private static final int OPTION_HEADER = 8;

  private final Packet icmp;

  private PcapMessage(Packet icmp) {
    this.icmp = icmp;
  }

  /** Of a whole IPv4 packet; empty if pcap4j cannot read it. */
  static Optional<PcapMessage> ofIpv4(byte[] packet) {
    try {
      return Optional.ofNullable(
              IpV4Packet.newPacket(packet, 0, packet.length).get(IcmpV4CommonPacket.class))
          .map(PcapMessage::new);
    } catch (IllegalRawDataException | RuntimeException unreadable) {
      return Optional.empty();
    }
  }

  /** Of a message alone; empty if pcap4j cannot read it. */
  static Optional<PcapMessage> ofMessage(IcmpVersion version, byte[] message) {
    try {
      return Optional.of(
          new PcapMessage(
              version == IcmpVersion.ICMPV4
                  ? IcmpV4CommonPacket.newPacket(message, 0, message.length)
                  : IcmpV6CommonPacket.newPacket(message, 0, message.length)));
    } catch (IllegalRawDataException | RuntimeException unreadable) {
      return Optional.empty();
    }
  }

  int type() {
    return Byte.toUnsignedInt(
        icmp instanceof IcmpV4CommonPacket v4
            ? v4.getHeader().getType().value()
            : ((IcmpV6CommonPacket) icmp).getHeader().getType().value());
  }

  int code() {
    return Byte.toUnsignedInt(
        icmp instanceof IcmpV4CommonPacket v4
            ? v4.getHeader().getCode().value()
            : ((IcmpV6CommonPacket) icmp).getHeader().getCode().value());
  }

  /** Whether the checksum is right; that of ICMPv6 is the kernel's to verify. */
  boolean isSound() {
    return !(icmp instanceof IcmpV4CommonPacket v4) || v4.hasValidChecksum(false);
  }

  /**
   * Whether pcap4j accounts for every octet: it leaves out what lies behind the end that a quoted
   * IP header states, and our reader does not, as there are hosts that spoil that length.
   */
  boolean isWhole(byte[] octets) {
    return Arrays.equals(icmp.getRawData(), octets)
        && redirectedHeader().allMatch(PcapMessage::isWhole);
  }

  /** The option keeps its octets, also those that its packet leaves out. */
  private static boolean isWhole(IpV6NeighborDiscoveryRedirectedHeaderOption option) {
    return OPTION_HEADER + option.getIpPacket().length() == option.getLengthAsInt() * Long.BYTES;
  }

  Optional<Echo> reply() {
    IcmpV4EchoReplyPacket v4 = icmp.get(IcmpV4EchoReplyPacket.class);
    if (v4 != null) {
      return Optional.of(
          echo(v4.getHeader().getIdentifier(), v4.getHeader().getSequenceNumber(), v4));
    }
    IcmpV6EchoReplyPacket v6 = icmp.get(IcmpV6EchoReplyPacket.class);
    return Optional.ofNullable(v6)
        .map(p -> echo(p.getHeader().getIdentifier(), p.getHeader().getSequenceNumber(), p));
  }

  Optional<Quote> quote() {
    Packet quoted =
        icmp.get(IcmpV6RedirectPacket.class) == null
            ? icmp.get(IpPacket.class)
            : redirected().orElse(null);
    return quoted instanceof IpPacket ip
        ? request(ip).map(echo -> new Quote(ip.getHeader().getDstAddr(), echo))
        : Optional.empty();
  }

  /** The MTU of a "packet too big"; 0 for any other message. */
  long mtu() {
    IcmpV6PacketTooBigPacket v6 = icmp.get(IcmpV6PacketTooBigPacket.class);
    if (v6 != null) {
      return v6.getHeader().getMtuAsLong();
    }
    IcmpV4DestinationUnreachablePacket v4 = icmp.get(IcmpV4DestinationUnreachablePacket.class);
    return v4 != null && code() == 4 ? v4.getHeader().getUnused() & 0xffff : 0;
  }

  /** To whom a redirect points. */
  InetAddress gateway() {
    IcmpV4RedirectPacket v4 = icmp.get(IcmpV4RedirectPacket.class);
    return v4 != null
        ? v4.getHeader().getGatewayInternetAddress()
        : icmp.get(IcmpV6RedirectPacket.class).getHeader().getTargetAddress();
  }

  private Optional<Packet> redirected() {
    return redirectedHeader()
        .map(IpV6NeighborDiscoveryRedirectedHeaderOption::getIpPacket)
        .findFirst();
  }

  private Stream<IpV6NeighborDiscoveryRedirectedHeaderOption> redirectedHeader() {
    return Optional.ofNullable(icmp.get(IcmpV6RedirectPacket.class)).stream()
        .flatMap(redirect -> redirect.getHeader().getOptions().stream())
        .filter(IpV6NeighborDiscoveryRedirectedHeaderOption.class::isInstance)
        .map(IpV6NeighborDiscoveryRedirectedHeaderOption.class::cast);
  }

  private static Optional<Echo> request(IpPacket quoted) {
    if (quoted instanceof IpV4Packet) {
      return Optional.ofNullable(quoted.get(IcmpV4EchoPacket.class))
          .map(p -> echo(p.getHeader().getIdentifier(), p.getHeader().getSequenceNumber(), p));
    }
    // Lost in broken options, pcap4j finds ICMPv4 in there too.
    return requestIpv6(quoted)
        .map(p -> echo(p.getHeader().getIdentifier(), p.getHeader().getSequenceNumber(), p));
  }

  /**
   * Behind the IPv6 header or a fragment header alone: in broken options pcap4j loses its way. It
   * leaves fragments alone; the first one of a message can be read.
   */
  private static Optional<IcmpV6EchoRequestPacket> requestIpv6(IpPacket quoted) {
    Packet next = quoted.getPayload();
    if (next instanceof IpV6ExtFragmentPacket fragment) {
      IpV6ExtFragmentPacket.IpV6ExtFragmentHeader header = fragment.getHeader();
      if (header.getFragmentOffset() != 0 || !header.getNextHeader().equals(IpNumber.ICMPV6)) {
        return Optional.empty();
      }
      next =
          Optional.ofNullable(fragment.getPayload())
              .flatMap(part -> ofMessage(IcmpVersion.ICMPV6, part.getRawData()))
              .map(message -> message.icmp)
              .orElse(null);
    }
    return next instanceof IcmpV6CommonPacket message
        ? Optional.ofNullable(message.get(IcmpV6EchoRequestPacket.class))
        : Optional.empty();
  }

  private static Echo echo(short identifier, short sequence, Packet packet) {
    byte[] payload = packet.getPayload() == null ? new byte[0] : packet.getPayload().getRawData();
    return new Echo(Short.toUnsignedInt(identifier), Short.toUnsignedInt(sequence), payload);
  }
}
