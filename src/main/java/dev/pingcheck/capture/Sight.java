package dev.pingcheck.capture;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What tells which echo request a packet is of.
 *
 * @param kind what it is
 * @param isIpv6 its family
 * @param identifier of the request, 0 to 65535
 * @param sequence of the request, 0 to 65535
 * @param number of the request; {@link #UNKNOWN} where an error quotes too little
 * @param high the first half of the address that the request is for or the reply from; 0 for IPv4
 * @param low the second half, or the IPv4 address
 */
record Sight(
    Kind kind, boolean isIpv6, int identifier, int sequence, long number, long high, long low) {

  /** What an error says that quotes no payload. */
  static final long UNKNOWN = -1;

  enum Kind {
    REQUEST,
    REPLY,
    ERROR
  }

  private static final int ICMP = 1;
  private static final int ICMPV6 = 58;
  private static final int FRAGMENT = 44;
  private static final int IPV6_HEADER = 40;
  private static final int FRAGMENT_HEADER = 8;
  private static final int ICMP_HEADER = 8;
  private static final int NUMBER = 16;

  /** Where an ICMP message stands in an IP packet, and between whom it goes. */
  private record Message(ByteBuffer packet, boolean isIpv6, int from, int source, int destination) {
    int type() {
      return packet.get(from) & 0xff;
    }

    boolean reaches(int offset) {
      return packet.limit() >= from + offset;
    }

    Sight sight(Kind kind, int address) {
      long number = reaches(NUMBER + Long.BYTES) ? packet.getLong(from + NUMBER) : UNKNOWN;
      return new Sight(
          kind,
          isIpv6,
          packet.getShort(from + 4) & 0xffff,
          packet.getShort(from + 6) & 0xffff,
          number,
          isIpv6 ? packet.getLong(address) : 0,
          isIpv6 ? packet.getLong(address + 8) : packet.getInt(address) & 0xffffffffL);
    }
  }

  /** Of a packet from its IP header on; empty for what is neither echo nor error. */
  static Optional<Sight> of(byte[] octets) {
    ByteBuffer packet = ByteBuffer.wrap(octets);
    return message(packet, 0).flatMap(Sight::of);
  }

  private static Optional<Sight> of(Message message) {
    Kind kind = kind(message);
    if (kind == null) {
      return Optional.empty();
    }
    return switch (kind) {
      case REQUEST -> echo(message.sight(kind, message.destination));
      case REPLY -> echo(message.sight(kind, message.source));
      case ERROR ->
          message(message.packet, message.from + ICMP_HEADER)
              .filter(quoted -> kind(quoted) == Kind.REQUEST)
              .map(quoted -> quoted.sight(Kind.ERROR, quoted.destination));
    };
  }

  private static Optional<Sight> echo(Sight sight) {
    return sight.number == UNKNOWN ? Optional.empty() : Optional.of(sight);
  }

  private static Kind kind(Message message) {
    int type = message.type();
    if (message.isIpv6) {
      return switch (type) {
        case 128 -> Kind.REQUEST;
        case 129 -> Kind.REPLY;
        case 1, 2, 3, 4 -> Kind.ERROR;
        default -> null;
      };
    }
    return switch (type) {
      case 8 -> Kind.REQUEST;
      case 0 -> Kind.REPLY;
      case 3, 11, 12 -> Kind.ERROR;
      default -> null;
    };
  }

  private static Optional<Message> message(ByteBuffer packet, int at) {
    if (packet.limit() <= at) {
      return Optional.empty();
    }
    Optional<Message> message =
        (packet.get(at) >> 4 & 0xf) == 6 ? ipv6(packet, at) : ipv4(packet, at);
    return message.filter(m -> m.reaches(ICMP_HEADER));
  }

  private static Optional<Message> ipv4(ByteBuffer packet, int at) {
    if (packet.limit() < at + 20 || (packet.get(at) >> 4 & 0xf) != 4) {
      return Optional.empty();
    }
    int header = (packet.get(at) & 0xf) * 4;
    boolean isFirst = (packet.getShort(at + 6) & 0x1fff) == 0;
    return header >= 20 && isFirst && packet.get(at + 9) == ICMP
        ? Optional.of(new Message(packet, false, at + header, at + 12, at + 16))
        : Optional.empty();
  }

  private static Optional<Message> ipv6(ByteBuffer packet, int at) {
    if (packet.limit() < at + IPV6_HEADER + FRAGMENT_HEADER) {
      return Optional.empty();
    }
    int next = packet.get(at + 6) & 0xff;
    int from = at + IPV6_HEADER;
    if (next == FRAGMENT && (packet.getShort(from + 2) & 0xfff8) == 0) {
      next = packet.get(from) & 0xff;
      from += FRAGMENT_HEADER;
    }
    return next == ICMPV6
        ? Optional.of(new Message(packet, true, from, at + 8, at + 24))
        : Optional.empty();
  }
}
