package dev.pingcheck.lab.tun;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * An IP packet with an ICMP message, to be bent at will. Offsets count from the first octet of the
 * ICMP message. IPv4 headers have 20 octets, IPv6 headers no extensions.
 */
public final class Packet {
  /** Octets of the header of an echo message (RFC 792 p. 14, RFC 4443 section 4.1). */
  static final int HEADER = 8;

  /** The prober's cookie and number end here: what is shorter is no reply of anybody. */
  static final int SIGNED = HEADER + 16;

  private static final int IPV4_HEADER = 20;
  private static final int IPV6_HEADER = 40;
  private static final int HOPS = 57;

  private final boolean ipv6;
  private final ByteBuffer octets;

  private Packet(boolean ipv6, byte[] octets) {
    this.ipv6 = ipv6;
    this.octets = ByteBuffer.wrap(octets);
  }

  /** A packet that was read; it must be {@link #isEchoRequest} before anything else is asked. */
  public static Packet of(byte[] octets) {
    return new Packet(octets.length > 0 && octets[0] >> 4 == 6, octets);
  }

  /** A packet from and to those addresses, whose checksums are yet to be set by {@link #seal}. */
  public static Packet of(byte[] source, byte[] destination, byte[] message) {
    boolean ipv6 = source.length == 16;
    int header = ipv6 ? IPV6_HEADER : IPV4_HEADER;
    ByteBuffer all = ByteBuffer.allocate(header + message.length);
    if (ipv6) {
      all.putInt(6 << 28).putShort((short) message.length).put((byte) 58).put((byte) HOPS);
    } else {
      all.put((byte) 0x45).put((byte) 0).putShort((short) all.capacity()).putInt(0);
      all.put((byte) HOPS).put((byte) 1).putShort((short) 0);
    }
    all.put(source).put(destination).put(message);
    return new Packet(ipv6, all.array());
  }

  /** Whether it is a whole, unfragmented echo request. */
  public boolean isEchoRequest() {
    if (octets.capacity() < header() + HEADER) {
      return false;
    }
    boolean icmp =
        ipv6
            ? octets.get(6) == 58
            : octets.get(0) == 0x45 && octets.get(9) == 1 && (octets.getShort(6) & 0x3fff) == 0;
    return icmp && at(0) == (ipv6 ? 128 : 8);
  }

  public boolean isIpv6() {
    return ipv6;
  }

  public int identifier() {
    return octets.getShort(header() + 4) & 0xffff;
  }

  public byte[] source() {
    return address(false);
  }

  public byte[] destination() {
    return address(true);
  }

  /** Octets of the ICMP message. */
  public int size() {
    return octets.capacity() - header();
  }

  /** An octet of the ICMP message. */
  public int at(int offset) {
    return octets.get(header() + offset) & 0xff;
  }

  void set(int offset, int octet) {
    octets.put(header() + offset, (byte) octet);
  }

  void setIdentifier(int identifier) {
    octets.putShort(header() + 4, (short) identifier);
  }

  void setLong(int offset, long value) {
    octets.putLong(header() + offset, value);
  }

  void setSource(byte[] address) {
    octets.put(ipv6 ? 8 : 12, address);
  }

  void setDestination(byte[] address) {
    octets.put(ipv6 ? 24 : 16, address);
  }

  /** The whole packet, not a copy. */
  byte[] octets() {
    return octets.array();
  }

  /** The ICMP message, as far as that many octets. */
  byte[] message(int size) {
    return Arrays.copyOfRange(octets.array(), header(), header() + size);
  }

  /** The start of the packet with that many octets of its ICMP message, as errors quote it. */
  byte[] quote(int size) {
    return Arrays.copyOf(octets.array(), header() + size);
  }

  Packet copy() {
    return new Packet(ipv6, octets.array().clone());
  }

  /** What the host answers to this request. */
  Packet reply() {
    Packet reply = of(destination(), source(), message(size()));
    reply.set(0, ipv6 ? 129 : 0);
    return reply.seal();
  }

  /** The same addresses and another message; its checksum is the message's own affair. */
  Packet withMessage(byte[] message) {
    return of(source(), destination(), message).sealHeader();
  }

  /** Ends earlier than its header says, which stays. */
  Packet cutOff(int size) {
    return new Packet(ipv6, quote(size));
  }

  /** Gives it right checksums. */
  public Packet seal() {
    octets.putShort(header() + 2, (short) 0);
    octets.putShort(header() + 2, (short) ~sum());
    return sealHeader();
  }

  /** Gives the IPv4 header a right checksum; IPv6 has none. */
  Packet sealHeader() {
    if (!ipv6) {
      octets.putShort(10, (short) 0);
      octets.putShort(10, (short) ~add(0, 0, IPV4_HEADER));
    }
    return this;
  }

  void breakHeader(int bit) {
    octets.putShort(10, (short) (octets.getShort(10) ^ 1 << bit));
  }

  /** Whether the kernel finds no fault in the IP header. */
  public boolean isHeaderSound() {
    int length = ipv6 ? IPV6_HEADER + (octets.getShort(4) & 0xffff) : octets.getShort(2) & 0xffff;
    return length == octets.capacity() && (ipv6 || add(0, 0, IPV4_HEADER) == 0xffff);
  }

  /** Whether the ICMP checksum is right. */
  public boolean isMessageSound() {
    return size() >= 4 && sum() == 0xffff;
  }

  private byte[] address(boolean destination) {
    int size = ipv6 ? 16 : 4;
    int from = (ipv6 ? 8 : 12) + (destination ? size : 0);
    return Arrays.copyOfRange(octets.array(), from, from + size);
  }

  private int header() {
    return ipv6 ? IPV6_HEADER : IPV4_HEADER;
  }

  /** RFC 1071 over the message, and for ICMPv6 over the pseudo header of RFC 8200 section 8.1. */
  private int sum() {
    int pseudo = ipv6 ? add(58 + size(), 8, IPV6_HEADER) : 0;
    return add(pseudo, header(), octets.capacity());
  }

  private int add(int start, int from, int to) {
    long sum = start;
    for (int i = from; i + 1 < to; i += 2) {
      sum += octets.getShort(i) & 0xffff;
    }
    if ((to - from) % 2 == 1) {
      sum += (octets.get(to - 1) & 0xff) << 8;
    }
    while (sum >> 16 != 0) {
      sum = (sum & 0xffff) + (sum >> 16);
    }
    return (int) sum;
  }
}
