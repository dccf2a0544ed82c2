package dev.pingcheck.lab.tun;

import java.util.random.RandomGenerator;

/** Replies to one request, right and wrong ones. */
final class Replies {
  private static final int MOST_PADDING = 32;

  private final int ordinal;
  private final Packet request;
  private final RandomGenerator dice;

  Replies(int ordinal, Packet request, RandomGenerator dice) {
    this.ordinal = ordinal;
    this.request = request;
    this.dice = dice;
  }

  Emission genuine() {
    return is(Nature.GENUINE, request.reply());
  }

  /**
   * @param identifiers of the prober
   */
  Emission flipBit(Identifiers identifiers) {
    Packet packet = request.reply();
    int octet = dice.nextInt(packet.size());
    packet.set(octet, packet.at(octet) ^ 1 << dice.nextInt(8));
    return switch (octet) {
      // Another type: no echo reply, and no error either.
      case 0 -> is(Nature.NOTHING, packet);
      case 4, 5 ->
          nobodys(
              identifiers.isOurs(packet.isIpv6(), packet.identifier())
                  ? Nature.CORRUPT
                  : Nature.NOTHING,
              packet);
      case 6, 7 -> nobodys(Nature.CORRUPT, packet);
      default -> is(Nature.CORRUPT, packet);
    };
  }

  Emission changeOctet() {
    Packet packet = request.reply();
    int octet = dice.nextInt(Packet.HEADER, packet.size());
    packet.set(octet, packet.at(octet) ^ dice.nextInt(1, 256));
    return is(octet < Packet.SIGNED ? Nature.FORGED : Nature.CORRUPT, packet.seal());
  }

  Emission cutOff() {
    Packet packet = request.reply();
    return is(Nature.NOTHING, packet.cutOff(dice.nextInt(packet.size())));
  }

  Emission shorten() {
    Packet whole = request.reply();
    Packet packet = whole.withMessage(whole.message(dice.nextInt(whole.size())));
    if (packet.size() < Packet.HEADER) {
      return is(Nature.NOTHING, packet.size() >= 4 ? packet.seal() : packet);
    }
    if (dice.nextBoolean()) {
      packet.seal();
    }
    boolean readable = packet.size() < Packet.SIGNED || packet.isMessageSound();
    return is(readable ? Nature.TRUNCATED : Nature.CORRUPT, packet);
  }

  Emission lengthen() {
    Packet whole = request.reply();
    byte[] longer = whole.message(whole.size() + dice.nextInt(1, MOST_PADDING));
    return is(Nature.CORRUPT, whole.withMessage(longer).seal());
  }

  Emission breakIpHeader() {
    Packet packet = request.reply();
    if (packet.isIpv6()) {
      return is(Nature.NOTHING, packet.cutOff(packet.size() - 1));
    }
    packet.breakHeader(dice.nextInt(16));
    return is(Nature.NOTHING, packet);
  }

  Emission forgeCookie() {
    Packet packet = request.reply();
    packet.setLong(Packet.HEADER, dice.nextLong());
    return is(Nature.FORGED, packet.seal());
  }

  /**
   * @param targets some of which pretend to be another
   */
  Emission forgeSource(Targets targets) {
    Packet packet = request.reply();
    packet.setSource(other(targets));
    return is(Nature.FORGED, packet.seal());
  }

  Emission guess(Targets targets) {
    Packet packet = request.reply();
    packet.setSource(other(targets));
    packet.setLong(Packet.HEADER, dice.nextLong());
    packet.setLong(Packet.HEADER + Long.BYTES, dice.nextLong());
    return is(Nature.FOREIGN, packet.seal());
  }

  Emission collide() {
    Packet packet = request.reply();
    packet.setSource(Targets.outside(packet.isIpv6(), dice.nextInt(256)));
    packet.set(6, dice.nextInt(256));
    packet.set(7, dice.nextInt(256));
    packet.setLong(Packet.HEADER, dice.nextLong());
    packet.setLong(Packet.HEADER + Long.BYTES, dice.nextLong());
    return nobodys(Nature.FOREIGN, packet.seal());
  }

  private byte[] other(Targets targets) {
    boolean ipv6 = request.isIpv6();
    // Two further on is the next address of the family.
    return dice.nextBoolean()
        ? Targets.outside(ipv6, dice.nextInt(256))
        : targets.octets(ordinal + 2 * dice.nextInt(1, targets.perFamily()));
  }

  private Emission is(Nature nature, Packet packet) {
    return new Emission(ordinal, nature, packet, 0);
  }

  private static Emission nobodys(Nature nature, Packet packet) {
    return new Emission(Emission.NOBODY, nature, packet, 0);
  }
}
