package dev.pingcheck.plan.policy;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An address as networks contain it: without a zone, and an IPv4-mapped one (RFC 4291 section
 * 2.5.5.2) as the IPv4 address that it is on the wire.
 *
 * @param v6 whether it is an IPv6 address
 * @param high the first 64 bits; an IPv4 address stands in the upper half of them
 * @param low the last 64 bits, 0 for IPv4
 */
public record Ip(boolean v6, long high, long low) {
  private static final String OCTET = "(0|[1-9][0-9]?|1[0-9][0-9]|2[0-4][0-9]|25[0-5])";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "([.]" + OCTET + "){3}");
  private static final Pattern COLONED = Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:]*");
  private static final int MAPPED = 0xffff;
  private static final int GROUPS = 8;

  /** The IPv4 address of these 32 bits. */
  static Ip v4(long bits) {
    return new Ip(false, bits << 32, 0);
  }

  public static Ip of(InetAddress address) {
    ByteBuffer octets = ByteBuffer.wrap(address.getAddress());
    if (address instanceof Inet4Address) {
      return v4(Integer.toUnsignedLong(octets.getInt()));
    }
    long high = octets.getLong();
    long low = octets.getLong();
    return high == 0 && low >>> 32 == MAPPED ? v4(low & 0xffff_ffffL) : new Ip(true, high, low);
  }

  /**
   * Reads an address as everybody reads it: four decimal octets without leading zeros, or RFC 4291
   * section 2.2. No zone, no short, octal or hexadecimal form, which each reader takes in its own
   * way.
   */
  public static Optional<Ip> parse(String text) {
    if (IPV4.matcher(text).matches()) {
      return Optional.of(of(Inet4Address.ofLiteral(text)));
    }
    int dotted = text.indexOf('.') < 0 ? text.length() : text.lastIndexOf(':') + 1;
    boolean sound =
        COLONED.matcher(text.substring(0, dotted)).matches()
            && (dotted == text.length() || IPV4.matcher(text.substring(dotted)).matches());
    if (!sound) {
      return Optional.empty();
    }
    try {
      return Optional.of(of(Inet6Address.ofLiteral(text)));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  /** The address without the bits behind the first {@code length} ones. */
  Ip masked(int length) {
    return new Ip(v6, high & mask(length), low & mask(length - 64));
  }

  private static long mask(int length) {
    if (length <= 0) {
      return 0;
    }
    return length >= 64 ? -1 : -1L << (64 - length);
  }

  /** Some 32 bits of it, the first of which has this number, counted from 0 at the left. */
  long bits32(int first) {
    long window =
        first >= 64
            ? low << (first - 64)
            : first == 0 ? high : high << first | low >>> (64 - first);
    return window >>> 32;
  }

  /** An IPv4 address with four decimal octets, an IPv6 address as RFC 5952 wants it. */
  @Override
  public String toString() {
    if (!v6) {
      return (high >>> 56) + "." + octet(48) + "." + octet(40) + "." + octet(32);
    }
    int from = 0;
    int length = 1; // one lone zero group stays
    for (int start = 0; start < GROUPS; start++) {
      int run = 0;
      while (start + run < GROUPS && group(start + run) == 0) {
        run++;
      }
      if (run > length) {
        from = start;
        length = run;
      }
    }
    return length == 1 ? groups(0, GROUPS) : groups(0, from) + "::" + groups(from + length, GROUPS);
  }

  private long octet(int shift) {
    return high >>> shift & 0xff;
  }

  private int group(int index) {
    long half = index < 4 ? high : low;
    return (int) (half >>> (48 - 16 * (index % 4))) & 0xffff;
  }

  private String groups(int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append(i == from ? "" : ":").append(Integer.toHexString(group(i)));
    }
    return text.toString();
  }
}
