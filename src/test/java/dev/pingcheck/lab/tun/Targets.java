package dev.pingcheck.lab.tun;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * Whom the echo requests are for: request 0 is for the first IPv4 address, request 1 for the first
 * IPv6 address, request 2 for the second IPv4 address and so on, around and around. So a request's
 * ordinal can be told from its address alone, as long as each family's come in order and fewer than
 * a whole round is missing.
 *
 * @param perFamily how many addresses of each family; neither 0 nor divided by any power of two
 *     above 4, so that requests whose sequences differ in one bit never have one address
 */
public record Targets(int perFamily) {
  /** The prober's addresses. */
  public static final String OWN_IPV4 = "10.77.0.1";

  public static final String OWN_IPV6 = "fd77::1";

  private static final int FIRST_IPV4 = 0x0a4d0100;
  private static final long IPV6_NET = 0xfd77_0000_0000_0000L;
  private static final long FIRST_IPV6 = 0x1_0000;

  /** RFC 5737 and RFC 3849: nobody's. */
  private static final int OUTSIDE_IPV4 = 0xc0000200;

  private static final long OUTSIDE_IPV6 = 0x2001_0db8_0000_0000L;

  public static boolean isIpv6(int ordinal) {
    return (ordinal & 1) == 1;
  }

  /** Which of its family's addresses a request is for. */
  public int index(int ordinal) {
    return (ordinal >> 1) % perFamily;
  }

  /** The address of a request, in network byte order. */
  public byte[] octets(int ordinal) {
    return isIpv6(ordinal)
        ? ByteBuffer.allocate(16).putLong(IPV6_NET).putLong(FIRST_IPV6 + index(ordinal)).array()
        : ByteBuffer.allocate(4).putInt(FIRST_IPV4 + index(ordinal)).array();
  }

  /** The same for those who send. */
  public InetAddress address(int ordinal) {
    try {
      return InetAddress.getByAddress(octets(ordinal));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 and 16 octets are an address", e);
    }
  }

  /**
   * The ordinal of the request that came to that address.
   *
   * @param expected the ordinal if none is missing
   * @return at least {@code expected}; -1 if the address is no target's
   */
  public int ordinal(byte[] destination, int expected) {
    ByteBuffer octets = ByteBuffer.wrap(destination);
    long found =
        destination.length == 4
            ? octets.getInt() - (long) FIRST_IPV4
            : octets.getLong() == IPV6_NET ? octets.getLong() - FIRST_IPV6 : -1;
    if (found < 0 || found >= perFamily) {
      return -1;
    }
    return expected + 2 * Math.floorMod((int) found - index(expected), perFamily);
  }

  /**
   * An address that is no target's and not the prober's.
   *
   * @param number 0 to 255
   */
  static byte[] outside(boolean ipv6, int number) {
    return ipv6
        ? ByteBuffer.allocate(16).putLong(OUTSIDE_IPV6).putLong(number + 1L).array()
        : ByteBuffer.allocate(4).putInt(OUTSIDE_IPV4 + number).array();
  }
}
