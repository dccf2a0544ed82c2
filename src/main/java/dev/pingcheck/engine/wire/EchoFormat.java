package dev.pingcheck.engine.wire;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Where each field of an echo message stands, counted from the first octet of the ICMP header (RFC
 * 792 p. 14, RFC 4443 section 4.1); the payload is ours.
 */
public final class EchoFormat {
  /** One octet. */
  public static final int TYPE = 0;

  /** One octet, 0. */
  public static final int CODE = 1;

  /** Two octets, RFC 1071. */
  public static final int CHECKSUM = 2;

  /** Two octets: which process of a machine. */
  public static final int IDENTIFIER = 4;

  /** Two octets: which request of that process. */
  public static final int SEQUENCE = 6;

  /** Octets of the header; the payload follows. */
  public static final int HEADER_SIZE = 8;

  /** Eight octets of payload: {@link EchoCookie}. */
  public static final int COOKIE = 8;

  /** Eight octets of payload: the request's number, which unlike the sequence never repeats. */
  public static final int NUMBER = 16;

  /** The rest of the payload: {@link PayloadPattern}. */
  public static final int PATTERN = 24;

  /** Octets of payload that cookie and number need. */
  public static final int MIN_PAYLOAD = PATTERN - HEADER_SIZE;

  /** Octets of payload that fit into an IPv4 packet: 65535 less 20 and 8. */
  public static final int MAX_PAYLOAD = 65_507;

  static final ValueLayout.OfByte OCTET = ValueLayout.JAVA_BYTE;
  static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private EchoFormat() {}
}
