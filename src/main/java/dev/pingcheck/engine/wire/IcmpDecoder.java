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

  /** What a packet is. */
  public enum Verdict {
    /** An echo reply, whole and with a right checksum. */
    REPLY,
    /** An error with a right checksum that quotes an echo request; see {@link #quote()}. */
    ERROR,
    /** An echo reply that ends before what its IP header or our payload needs. */
    TRUNCATED,
    /** An echo reply whose checksum is wrong. */
    CORRUPT,
    /** Anything else: other types, errors that quote something else, noise. */
    IGNORED
  }

  private final QuotedRequest quote = new QuotedRequest();
  private MemorySegment packet = MemorySegment.NULL;
  private long start;
  private long end;
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

  /** Whether the payload of a {@link Verdict#REPLY} behind cookie and number is what we sent. */
  public boolean isPatternIntact() {
    long size = end - start;
    return size <= EchoFormat.PATTERNED.byteSize()
        && MemorySegment.mismatch(
                packet,
                start + EchoFormat.PATTERN,
                end,
                EchoFormat.PATTERNED,
                EchoFormat.PATTERN,
                size)
            == -1;
  }

  /** The request that a {@link Verdict#ERROR} quotes. */
  public QuotedRequest quote() {
    return quote;
  }

  /**
   * The MTU of a "packet too big" (RFC 4443 section 3.2) or "fragmentation needed" (RFC 1191
   * section 4), in octets; 0 when the router does not tell.
   */
  public long mtu() {
    return Integer.toUnsignedLong(packet.get(INT, start + 4)) & (timeToLive < 0 ? -1L : 0xffff);
  }

  private Verdict decode(IcmpVersion version, boolean cutOff) {
    if (end - start < EchoFormat.HEADER_SIZE) {
      return Verdict.IGNORED;
    }
    type = octet(start + EchoFormat.TYPE);
    code = octet(start + EchoFormat.CODE);
    if (type == version.echoReply) {
      return decodeReply(version, cutOff);
    }
    if (!version.isError(type) || isDamaged(version, cutOff)) {
      return Verdict.IGNORED;
    }
    boolean ours = quote.read(version, packet, start + EchoFormat.HEADER_SIZE, end);
    return ours ? Verdict.ERROR : Verdict.IGNORED;
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
