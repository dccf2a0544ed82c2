package dev.pingcheck.lab.tun;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/** ICMP errors that quote one request, rightly or not (RFC 792, RFC 1812, RFC 4443). */
final class Errors {
  private static final int ROUTER = 254;

  /** Above any request here, so that no path's MTU that the kernel learns ever matters. */
  private static final int LEAST_MTU = 1300;

  private static final int MOST_MTU = 1500;

  /** Type and code, as many as there are. */
  private static final int[][] IPV4 = {
    {3, 0}, {3, 1}, {3, 2}, {3, 3}, {3, 4}, {3, 5}, {3, 6}, {3, 7}, {3, 8}, {3, 9}, {3, 10},
    {3, 11}, {3, 12}, {3, 13}, {3, 14}, {3, 15}, {11, 0}, {11, 1}, {12, 0},
  };

  private static final int[][] IPV6 = {
    {1, 0}, {1, 1}, {1, 2}, {1, 3}, {1, 4}, {1, 5}, {1, 6}, {2, 0}, {3, 0}, {3, 1}, {4, 0}, {4, 1},
    {4, 2},
  };

  private final int ordinal;
  private final Packet request;
  private final RandomGenerator dice;

  Errors(int ordinal, Packet request, RandomGenerator dice) {
    this.ordinal = ordinal;
    this.request = request;
    this.dice = dice;
  }

  Emission full() {
    return is(Nature.ERROR, error(request.quote(request.size())));
  }

  Emission shortQuote() {
    int quoted = dice.nextBoolean() ? Packet.HEADER : dice.nextInt(Packet.HEADER, Packet.SIGNED);
    return is(Nature.ERROR, error(request.quote(quoted)));
  }

  Emission stump() {
    return is(Nature.NOTHING, error(request.quote(dice.nextInt(Packet.HEADER))));
  }

  Emission flipBit() {
    Packet packet = error(request.quote(request.size()));
    int octet = dice.nextInt(packet.size());
    packet.set(octet, packet.at(octet) ^ 1 << dice.nextInt(8));
    return is(Nature.NOTHING, packet);
  }

  Emission wrongDestination(Targets targets) {
    Packet quoted = request.copy();
    quoted.setDestination(
        dice.nextBoolean()
            ? Targets.outside(request.isIpv6(), dice.nextInt(256))
            : targets.octets(ordinal + 2 * dice.nextInt(1, targets.perFamily())));
    int size = dice.nextBoolean() ? Packet.HEADER : quoted.size();
    return is(Nature.FORGED, error(quoted.sealHeader().quote(size)));
  }

  Emission wrongCookie() {
    Packet quoted = request.copy();
    int octet = dice.nextInt(Packet.HEADER, Packet.SIGNED);
    quoted.set(octet, quoted.at(octet) ^ 1 << dice.nextInt(8));
    return is(Nature.FORGED, error(quoted.quote(quoted.size())));
  }

  /** Another program's request, from the same machine to the same address. */
  Emission ofOthers(int identifier) {
    Packet quoted = request.copy();
    quoted.setIdentifier(identifier);
    return is(Nature.NOTHING, error(quoted.quote(quoted.size())));
  }

  Emission redirect() {
    byte[] gateway = Targets.outside(request.isIpv6(), dice.nextInt(256));
    byte[] quote = request.quote(request.size());
    ByteBuffer message;
    if (request.isIpv6()) {
      // RFC 4861 section 4.5, and 4.6.3: the quote is an option, in units of 8 octets.
      int units = (Packet.HEADER + quote.length + 7) / 8;
      message = ByteBuffer.allocate(40 + units * 8).put((byte) 137).put((byte) 0);
      message.position(8).put(gateway).put(request.destination());
      message.put((byte) 4).put((byte) units).position(48).put(quote);
    } else {
      message = ByteBuffer.allocate(Packet.HEADER + quote.length);
      message.put((byte) 5).put((byte) dice.nextInt(4)).putShort((short) 0);
      message.put(gateway).put(quote);
    }
    return is(Nature.REDIRECT, fromRouter(message.array()));
  }

  private Packet error(byte[] quote) {
    int[][] all = request.isIpv6() ? IPV6 : IPV4;
    int[] chosen = all[dice.nextInt(all.length)];
    int mtu = dice.nextInt(LEAST_MTU, MOST_MTU);
    boolean tooBig = request.isIpv6() ? chosen[0] == 2 : chosen[0] == 3 && chosen[1] == 4;
    ByteBuffer message = ByteBuffer.allocate(Packet.HEADER + quote.length);
    message.put((byte) chosen[0]).put((byte) chosen[1]).putShort((short) 0);
    message.putInt(tooBig ? mtu : 0).put(quote);
    return fromRouter(message.array());
  }

  private Packet fromRouter(byte[] message) {
    byte[] from =
        dice.nextBoolean() ? request.destination() : Targets.outside(request.isIpv6(), ROUTER);
    return Packet.of(from, request.source(), message).seal();
  }

  private Emission is(Nature nature, Packet packet) {
    return new Emission(ordinal, nature, packet, 0);
  }
}
