package dev.pingcheck.engine.wire;

import static dev.pingcheck.engine.wire.EchoFormat.INT;
import static dev.pingcheck.engine.wire.EchoFormat.LONG;
import static dev.pingcheck.engine.wire.EchoFormat.OCTET;
import static dev.pingcheck.engine.wire.EchoFormat.SHORT;

import java.lang.foreign.MemorySegment;

/**
 * Reads what came from the network. Any octets are fine: a message that cannot be read is told by
 * its {@link Verdict}, never by an exception. One decoder is used again for each packet; what its
 * accessors say holds until the next. Not thread safe.
 */
public final class IcmpDecoder {
  /** What an accessor says when the packet does not tell. */
  public static final int UNKNOWN = -1;

  private static final int IPV4_TTL = 8;
  private static final int IPV4_PROTOCOL = 9;
  private static final int IPV4_HEADER = 20;
  private static final int PROTOCOL_ICMP = 1;
  private static final int FRAGMENTATION_NEEDED = 4;

  /** Behind an ICMPv6 redirect's header, target and destination. */
  private static final int REDIRECT_OPTIONS = 40;

  private static final int REDIRECT_TARGET = 8;
  private static final int REDIRECTED_HEADER = 4;

  /** What a packet is. */
  public enum Verdict {
    /** An echo reply, whole and with a right checksum. */
    REPLY,
    /** An error with a right checksum that quotes an echo request; see {@link #quote()}. */
    ERROR,
    /** A redirect with a right checksum that quotes an echo request; see {@link #quote()}. */
    REDIRECT,
    /** An echo reply that ends before what its IP header or our payload needs. */
    TRUNCATED,
    /** An echo reply whose checksum is wrong. */
    CORRUPT,
    /** Anything else: other types, errors that quote something else, noise. */
    IGNORED
  }

  private final QuotedRequest quote = new QuotedRequest();
  private IcmpVersion version = IcmpVersion.ICMPV4;
  private MemorySegment packet = MemorySegment.NULL;
  private long start;
  private long end;
  private long quoteEnd;
  private int type;
  private int code;
  private int timeToLive;
  private int identifier;
  private int sequence;

  /**
   * Reads an IPv4 packet as a raw socket delivers it: with its IP header (RFC 791 section 3.1).
   *
   * @param length how many octets of the segment were received
   */
  public Verdict decodeIpv4(MemorySegment octets, long length) {
    reset(octets, Math.min(length, octets.byteSize()));
    if (end < IPV4_HEADER || (octet(0) >> 4) != 4 || octet(IPV4_PROTOCOL) != PROTOCOL_ICMP) {
      return Verdict.IGNORED;
    }
    int headerSize = (octet(0) & 0xf) * 4;
    int totalLength = unsigned(2);
    if (headerSize < IPV4_HEADER || totalLength < headerSize) {
      return Verdict.IGNORED;
    }
    boolean cutOff = totalLength > end;
    end = Math.min(end, totalLength);
    start = headerSize;
    timeToLive = octet(IPV4_TTL);
    return decode(IcmpVersion.ICMPV4, cutOff);
  }

  /**
   * Reads an ICMPv6 message as a raw socket delivers it: without the IP header, its checksum
   * already verified by the kernel (RFC 3542 section 3.1).
   *
   * @param length how many octets of the segment were received
   * @param cutOff whether the message was longer than the segment
   */
  public Verdict decodeIpv6(MemorySegment octets, long length, boolean cutOff) {
    reset(octets, Math.min(length, octets.byteSize()));
    return decode(IcmpVersion.ICMPV6, cutOff);
  }

  /**
   * Reads an ICMPv4 message as a ping socket delivers it: without the IP header.
   *
   * @param length how many octets of the segment were received
   * @param cutOff whether the message was longer than the segment
   */
  public Verdict decodeIpv4Message(MemorySegment octets, long length, boolean cutOff) {
    reset(octets, Math.min(length, octets.byteSize()));
    return decode(IcmpVersion.ICMPV4, cutOff);
  }

  /** The type of the message, or {@link #UNKNOWN}. */
  public int type() {
    return type;
  }

  /** The code of the message, or {@link #UNKNOWN}. */
  public int code() {
    return code;
  }

  /** The IPv4 header's time to live; {@link #UNKNOWN} for ICMPv6, whose header does not come. */
  public int timeToLive() {
    return timeToLive;
  }

  /** The identifier of a reply, also of a truncated or corrupt one; else {@link #UNKNOWN}. */
  public int identifier() {
    return identifier;
  }

  /** The sequence of a reply, also of a truncated or corrupt one; else {@link #UNKNOWN}. */
  public int sequence() {
    return sequence;
  }

  /** The octets from the ICMP header to the end, as far as they came. */
  public int messageSize() {
    return (int) Math.max(0, end - start);
  }

  /** The cookie of a {@link Verdict#REPLY}. */
  public long cookie() {
    return packet.get(LONG, start + EchoFormat.COOKIE);
  }

  /** The request's number in a {@link Verdict#REPLY}. */
  public long number() {
    return packet.get(LONG, start + EchoFormat.NUMBER);
  }

  /** Whether the payload of a {@link Verdict#REPLY} behind cookie and number is that pattern. */
  public boolean isIntact(PayloadPattern pattern) {
    long size = end - start;
    return size <= pattern.message.byteSize()
        && MemorySegment.mismatch(
                packet, start + EchoFormat.PATTERN, end, pattern.message, EchoFormat.PATTERN, size)
            == -1;
  }

  /** The request that a {@link Verdict#ERROR} quotes. */
  public QuotedRequest quote() {
    return quote;
  }

  /** Of a {@link Verdict#REDIRECT}: the first half of the better router's IPv6 address, or 0. */
  public long gatewayHigh() {
    return version == IcmpVersion.ICMPV4 ? 0 : packet.get(LONG, start + REDIRECT_TARGET);
  }

  /** Of a {@link Verdict#REDIRECT}: the second half, or the IPv4 address. */
  public long gatewayLow() {
    return version == IcmpVersion.ICMPV4
        ? Integer.toUnsignedLong(packet.get(INT, start + Integer.BYTES))
        : packet.get(LONG, start + REDIRECT_TARGET + Long.BYTES);
  }

  /**
   * The MTU of a "packet too big" (RFC 4443 section 3.2) or "fragmentation needed" (RFC 1191
   * section 4), in octets; 0 when the router does not tell, and for any other message.
   */
  public long mtu() {
    if (version == IcmpVersion.ICMPV4) {
      boolean tooBig = type == version.destinationUnreachable && code == FRAGMENTATION_NEEDED;
      return tooBig ? unsigned(start + 6) : 0;
    }
    return type == version.packetTooBig
        ? Integer.toUnsignedLong(packet.get(INT, start + Integer.BYTES))
        : 0;
  }

  private Verdict decode(IcmpVersion protocol, boolean cutOff) {
    version = protocol;
    if (end - start < EchoFormat.HEADER_SIZE) {
      return Verdict.IGNORED;
    }
    type = octet(start + EchoFormat.TYPE);
    code = octet(start + EchoFormat.CODE);
    if (type == version.echoReply) {
      return decodeReply(version, cutOff);
    }
    boolean redirects = type == version.redirect;
    if (!(redirects || version.isError(type)) || isDamaged(version, cutOff)) {
      return Verdict.IGNORED;
    }
    quoteEnd = end;
    long at = redirects ? redirectedPacket() : start + EchoFormat.HEADER_SIZE;
    if (at < 0 || !quote.read(version, packet, at, quoteEnd)) {
      return Verdict.IGNORED;
    }
    return redirects ? Verdict.REDIRECT : Verdict.ERROR;
  }

  /**
   * Where the packet starts that a redirect quotes: behind the header, or for ICMPv6 in the
   * Redirected Header option (RFC 4861 section 4.6.3); -1 if there is none, or if an option in
   * front of it has no length or one beyond the message, which makes the whole redirect void
   * (section 8.1).
   */
  private long redirectedPacket() {
    if (version == IcmpVersion.ICMPV4) {
      return start + EchoFormat.HEADER_SIZE;
    }
    long at = start + REDIRECT_OPTIONS;
    while (end - at >= Long.BYTES) {
      int size = octet(at + 1) * Long.BYTES;
      if (size == 0 || size > end - at) {
        return -1;
      }
      if (octet(at) == REDIRECTED_HEADER) {
        quoteEnd = at + size;
        return at + Long.BYTES;
      }
      at += size;
    }
    return -1;
  }

  private Verdict decodeReply(IcmpVersion version, boolean cutOff) {
    identifier = unsigned(start + EchoFormat.IDENTIFIER);
    sequence = unsigned(start + EchoFormat.SEQUENCE);
    if (cutOff || end - start < EchoFormat.PATTERN) {
      return Verdict.TRUNCATED;
    }
    return code != 0 || isDamaged(version, false) ? Verdict.CORRUPT : Verdict.REPLY;
  }

  /** A message that was cut off cannot be summed up; what is left of an error is still a quote. */
  private boolean isDamaged(IcmpVersion version, boolean cutOff) {
    return version == IcmpVersion.ICMPV4
        && !cutOff
        && InternetChecksum.of(packet, start, end - start) != 0;
  }

  private void reset(MemorySegment octets, long length) {
    packet = octets;
    start = 0;
    end = length;
    type = UNKNOWN;
    code = UNKNOWN;
    timeToLive = UNKNOWN;
    identifier = UNKNOWN;
    sequence = UNKNOWN;
  }

  private int octet(long offset) {
    return Byte.toUnsignedInt(packet.get(OCTET, offset));
  }

  private int unsigned(long offset) {
    return Short.toUnsignedInt(packet.get(SHORT, offset));
  }
}
