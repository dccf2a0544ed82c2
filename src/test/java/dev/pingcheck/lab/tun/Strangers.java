package dev.pingcheck.lab.tun;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Packets that concern other programs, or nobody. */
final class Strangers {
  private static final int FLOOD = 64;
  private static final int LONGEST_NOISE = 200;

  /** Echo replies are left to the flood; errors quote no echo request but by a miracle. */
  private static final int[] NOISE_IPV4 = {3, 4, 5, 8, 11, 12, 13, 14, 200};

  private static final int[] NOISE_IPV6 = {1, 2, 3, 4, 100, 128, 130, 200};

  private final Packet request;
  private final Identifiers identifiers;
  private final RandomGenerator dice;

  Strangers(Packet request, Identifiers identifiers, RandomGenerator dice) {
    this.request = request;
    this.identifiers = identifiers;
    this.dice = dice;
  }

  /** An identifier that the prober does not have. */
  int identifier() {
    int identifier;
    do {
      identifier = dice.nextInt(1 << 16);
    } while (identifiers.isOurs(request.isIpv6(), identifier));
    return identifier;
  }

  /** Right in all but their identifiers. */
  List<Emission> flood() {
    List<Emission> flood = new ArrayList<>();
    for (int i = 0; i < FLOOD; i++) {
      Packet packet = request.reply();
      packet.setIdentifier(identifier());
      flood.add(nothing(packet.seal()));
    }
    return flood;
  }

  /** Random octets behind an IP header and the type of an ICMP message. */
  Emission noise() {
    byte[] message = new byte[dice.nextInt(1, LONGEST_NOISE)];
    dice.nextBytes(message);
    int[] types = request.isIpv6() ? NOISE_IPV6 : NOISE_IPV4;
    message[0] = (byte) types[dice.nextInt(types.length)];
    byte[] from = Targets.outside(request.isIpv6(), dice.nextInt(256));
    Packet packet = Packet.of(from, request.source(), message).sealHeader();
    return nothing(message.length >= 4 && dice.nextBoolean() ? packet.seal() : packet);
  }

  private static Emission nothing(Packet packet) {
    return new Emission(Emission.NOBODY, Nature.NOTHING, packet, 0);
  }
}
