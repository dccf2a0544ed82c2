package dev.pingcheck.engine.wire;

import static dev.pingcheck.engine.wire.EchoFormat.LONG;
import static dev.pingcheck.engine.wire.EchoFormat.OCTET;
import static dev.pingcheck.engine.wire.EchoFormat.SHORT;

import java.lang.foreign.MemorySegment;

/**
 * The start of a packet that an ICMP error quotes (RFC 792 p. 4: the IP header and 64 bits; RFC
 * 4443 section 2.4 (c): as much as fits), if that packet is an echo request. Untrusted: anybody can
 * send an error. Valid until the decoder's next packet.
 */
public final class QuotedRequest {
  private static final int IPV4_HEADER = 20;
  private static final int IPV4_FLAGS = 6;
  private static final int IPV4_PROTOCOL = 9;
  private static final int IPV4_DESTINATION = 16;
  private static final int PROTOCOL_ICMP = 1;
  private static final int IPV6_HEADER = 40;
  private static final int IPV6_NEXT_HEADER = 6;
  private static final int IPV6_DESTINATION = 24;
  private static final int PROTOCOL_ICMPV6 = 58;
  private static final int HOP_BY_HOP = 0;
  private static final int ROUTING = 43;
  private static final int FRAGMENT = 44;
  private static final int DESTINATION_OPTIONS = 60;

  /** More extension headers than we ever send. */
  private static final int MOST_EXTENSIONS = 4;

  private MemorySegment packet = MemorySegment.NULL;
  private long end;
  private long destinationHigh;
  private long destinationLow;
  private int identifier;
  private int sequence;
  private boolean hasCookie;
  private long cookie;
  private long number;

  /** Nothing is quoted yet. */
  public QuotedRequest() {}

  /** The first half of the IPv6 destination, 0 for IPv4. */
  public long destinationHigh() {
    return destinationHigh;
  }

  /** The second half of the IPv6 destination, or the IPv4 destination. */
  public long destinationLow() {
    return destinationLow;
  }

  public int identifier() {
    return identifier;
  }

  public int sequence() {
    return sequence;
  }

  /** Whether so much is quoted, and not mere padding, that cookie and number are in it. */
  public boolean hasCookie() {
    return hasCookie;
  }

  /** Only if {@link #hasCookie}. */
  public long cookie() {
    return cookie;
  }

  /** Only if {@link #hasCookie}. */
  public long number() {
    return number;
  }

  /**
   * @return whether it is the start of an echo request
   */
  boolean read(IcmpVersion version, MemorySegment octets, long from, long to) {
    packet = octets;
    end = to;
    long message = version == IcmpVersion.ICMPV4 ? skipIpv4(from) : skipIpv6(from);
    return message >= 0 && readMessage(version, message);
  }

  /**
   * Reads a quote without its IP header, as the kernel tells it of ping sockets.
   *
   * @param length how many octets of the segment are quoted
   * @param high the first half of the IPv6 destination, 0 for IPv4
   * @param low the second half, or the IPv4 destination
   * @return whether it is the start of an echo request
   */
  public boolean readMessage(
      IcmpVersion version, MemorySegment octets, long length, long high, long low) {
    packet = octets;
    end = Math.min(length, octets.byteSize());
    destinationHigh = high;
    destinationLow = low;
    return readMessage(version, 0);
  }

  /** Where the ICMP message starts, or -1. */
  private long skipIpv4(long at) {
    if (end - at < IPV4_HEADER
        || (octet(at) >> 4) != 4
        || octet(at + IPV4_PROTOCOL) != PROTOCOL_ICMP
        || (unsigned(at + IPV4_FLAGS) & 0x1fff) != 0) {
      return -1;
    }
    destinationHigh = 0;
    destinationLow =
        (long) unsigned(at + IPV4_DESTINATION) << 16 | unsigned(at + IPV4_DESTINATION + 2);
    int size = (octet(at) & 0xf) * 4;
    return size < IPV4_HEADER ? -1 : at + size;
  }

  private long skipIpv6(long from) {
    if (end - from < IPV6_HEADER || (octet(from) >> 4) != 6) {
      return -1;
    }
    destinationHigh = packet.get(LONG, from + IPV6_DESTINATION);
    destinationLow = packet.get(LONG, from + IPV6_DESTINATION + Long.BYTES);
    int header = octet(from + IPV6_NEXT_HEADER);
    long at = from + IPV6_HEADER;
    for (int i = 0; i <= MOST_EXTENSIONS; i++) {
      if (header == PROTOCOL_ICMPV6) {
        return at;
      }
      if (!isExtension(header) || end - at < Long.BYTES || isLaterFragment(header, at)) {
        return -1;
      }
      int size = header == FRAGMENT ? Long.BYTES : (octet(at + 1) + 1) * Long.BYTES;
      header = octet(at);
      at += size;
    }
    return -1;
  }

  private static boolean isExtension(int header) {
    return header == HOP_BY_HOP
        || header == ROUTING
        || header == FRAGMENT
        || header == DESTINATION_OPTIONS;
  }

  /** RFC 8200 section 4.5: the offset are the upper 13 bits of the second word. */
  private boolean isLaterFragment(int header, long at) {
    return header == FRAGMENT && (unsigned(at + 2) & 0xfff8) != 0;
  }

  private boolean readMessage(IcmpVersion version, long at) {
    if (end - at < EchoFormat.HEADER_SIZE
        || octet(at) != version.echoRequest
        || octet(at + 1) != 0) {
      return false;
    }
    identifier = unsigned(at + EchoFormat.IDENTIFIER);
    sequence = unsigned(at + EchoFormat.SEQUENCE);
    boolean reached = end - at >= EchoFormat.PATTERN;
    cookie = reached ? packet.get(LONG, at + EchoFormat.COOKIE) : 0;
    number = reached ? packet.get(LONG, at + EchoFormat.NUMBER) : 0;
    // A router that appends its MPLS labels fills a short quote up with zeros (RFC 4884 section 4).
    hasCookie = (cookie | number) != 0;
    return true;
  }

  private int octet(long offset) {
    return Byte.toUnsignedInt(packet.get(OCTET, offset));
  }

  private int unsigned(long offset) {
    return Short.toUnsignedInt(packet.get(SHORT, offset));
  }
}
