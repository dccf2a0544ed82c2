package dev.pingcheck.engine.wire;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** The Internet checksum (RFC 1071): the complement of the ones' complement sum of 16-bit words. */
public final class InternetChecksum {
  private static final ValueLayout.OfInt WORDS = ValueLayout.JAVA_INT_UNALIGNED;
  private static final ValueLayout.OfShort WORD = ValueLayout.JAVA_SHORT_UNALIGNED;
  private static final boolean LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

  private InternetChecksum() {}

  /**
   * The checksum of {@code length} octets from {@code offset} on. An odd last octet is padded with
   * a zero octet (RFC 1071 section 4.1). Over a message whose checksum field is zero it is the
   * value for that field; over one that carries its checksum it is 0 exactly when that is right.
   *
   * @param length at least 0; {@code offset + length} within the segment
   * @return 0 to 65535, to be stored in network byte order
   */
  public static int of(MemorySegment octets, long offset, long length) {
    long end = offset + length;
    long at = offset;
    long sum = 0;
    // RFC 1071 section 2 (B) and (C): the sum does not depend on the byte order, and wider words
    // may be added first and folded later.
    for (; at + Integer.BYTES <= end; at += Integer.BYTES) {
      sum += Integer.toUnsignedLong(octets.get(WORDS, at));
    }
    if (at + Short.BYTES <= end) {
      sum += Short.toUnsignedInt(octets.get(WORD, at));
      at += Short.BYTES;
    }
    if (at < end) {
      int last = Byte.toUnsignedInt(octets.get(ValueLayout.JAVA_BYTE, at));
      sum += LITTLE_ENDIAN ? last : last << 8;
    }
    return inNetworkOrder(~fold(sum) & 0xffff);
  }

  private static int fold(long sum) {
    long folded = sum;
    while (folded >>> 16 != 0) {
      folded = (folded & 0xffff) + (folded >>> 16);
    }
    return (int) folded;
  }

  private static int inNetworkOrder(int checksum) {
    return LITTLE_ENDIAN ? Short.toUnsignedInt(Short.reverseBytes((short) checksum)) : checksum;
  }
}
