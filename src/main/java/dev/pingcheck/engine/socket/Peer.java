package dev.pingcheck.engine.socket;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * An address in the form in which it is compared with that of a packet.
 *
 * @param family of the address
 * @param high the first half of an IPv6 address, 0 for IPv4
 * @param low the second half, or the IPv4 address in the lower 32 bits
 * @param scope the interface index of a scoped IPv6 address (RFC 4007), else 0
 */
public record Peer(IpFamily family, long high, long low, int scope) {

  public static Peer of(InetAddress address) {
    ByteBuffer octets = ByteBuffer.wrap(address.getAddress());
    if (address instanceof Inet6Address v6) {
      return new Peer(IpFamily.IPV6, octets.getLong(), octets.getLong(), v6.getScopeId());
    }
    return new Peer(IpFamily.IPV4, 0, Integer.toUnsignedLong(octets.getInt()), 0);
  }

  /**
   * Whether a packet from that address came from this one. A scope counts only where both name one:
   * a global address has none.
   */
  public boolean matches(long otherHigh, long otherLow, int otherScope) {
    return low == otherLow
        && high == otherHigh
        && (scope == 0 || otherScope == 0 || scope == otherScope);
  }

  /** The address in its textual form (RFC 5952), with its zone, if it has one (RFC 4007). */
  public String text() {
    if (family == IpFamily.IPV4) {
      return (low >> 24 & 0xff)
          + "."
          + (low >> 16 & 0xff)
          + "."
          + (low >> 8 & 0xff)
          + "."
          + (low & 0xff);
    }
    return scope == 0 ? ipv6Text() : ipv6Text() + "%" + zone();
  }

  /** The address as Java has it. */
  public InetAddress toInetAddress() {
    ByteBuffer octets = ByteBuffer.allocate(family == IpFamily.IPV4 ? 4 : 16);
    if (family == IpFamily.IPV4) {
      octets.putInt((int) low);
    } else {
      octets.putLong(high).putLong(low);
    }
    try {
      return family == IpFamily.IPV4
          ? InetAddress.getByAddress(octets.array())
          : Inet6Address.getByAddress(null, octets.array(), scope == 0 ? -1 : scope);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 and 16 octets are an address", e);
    }
  }

  private String zone() {
    try {
      NetworkInterface device = NetworkInterface.getByIndex(scope);
      return device == null ? Integer.toString(scope) : device.getName();
    } catch (java.net.SocketException e) {
      return Integer.toString(scope);
    }
  }

  private int group(int index) {
    long half = index < 4 ? high : low;
    return (int) (half >>> (48 - 16 * (index % 4))) & 0xffff;
  }

  /** RFC 5952 section 4.2: the longest run of at least two zero groups, the first if equal. */
  private String ipv6Text() {
    int from = -1;
    int length = 1;
    for (int i = 0; i < 8; i++) {
      int zeros = 0;
      while (i + zeros < 8 && group(i + zeros) == 0) {
        zeros++;
      }
      if (zeros > length) {
        from = i;
        length = zeros;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      if (i == from) {
        text.append("::");
        i += length - 1;
      } else {
        boolean first = text.isEmpty() || text.charAt(text.length() - 1) == ':';
        text.append(first ? "" : ":").append(Integer.toHexString(group(i)));
      }
    }
    return text.toString();
  }
}
