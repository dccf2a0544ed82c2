package dev.pingcheck.engine.wire;

import java.lang.foreign.MemorySegment;

/**
 * Writes echo requests into one buffer, again and again. The pattern behind the cookie is written
 * once for each octet of the buffer; a request changes the header, the cookie and the number.
 */
public final class EchoRequest {
  private final MemorySegment buffer;
  private PayloadPattern pattern = PayloadPattern.COUNTING;
  private long patternedTo = EchoFormat.PATTERN;

  /**
   * @param buffer room for the header and at least {@link EchoFormat#MIN_PAYLOAD}; nobody else
   *     writes to it
   */
  public EchoRequest(MemorySegment buffer) {
    this.buffer = buffer;
  }

  /** Requests from here on bear that pattern; at first it is {@link PayloadPattern#COUNTING}. */
  public void fill(PayloadPattern next) {
    if (next != pattern) {
      pattern = next;
      patternedTo = EchoFormat.PATTERN;
    }
  }

  /**
   * Writes a whole request but for its checksum, which stays zero.
   *
   * @param identifier 0 to 65535
   * @param sequence 0 to 65535
   * @param payloadSize {@link EchoFormat#MIN_PAYLOAD} to {@link EchoFormat#MAX_PAYLOAD}
   * @return the octets of the whole message
   */
  public int write(
      IcmpVersion version,
      int identifier,
      int sequence,
      long number,
      long cookie,
      int payloadSize) {
    int size = EchoFormat.HEADER_SIZE + payloadSize;
    extendPattern(size);
    buffer.set(EchoFormat.OCTET, EchoFormat.TYPE, (byte) version.echoRequest);
    buffer.set(EchoFormat.OCTET, EchoFormat.CODE, (byte) 0);
    buffer.set(EchoFormat.SHORT, EchoFormat.CHECKSUM, (short) 0);
    buffer.set(EchoFormat.SHORT, EchoFormat.IDENTIFIER, (short) identifier);
    buffer.set(EchoFormat.SHORT, EchoFormat.SEQUENCE, (short) sequence);
    buffer.set(EchoFormat.LONG, EchoFormat.COOKIE, cookie);
    buffer.set(EchoFormat.LONG, EchoFormat.NUMBER, number);
    return size;
  }

  /**
   * The step behind {@link #write}, for ICMPv4 alone: computes the checksum over the whole message
   * (RFC 792 p. 14) and stores it. ICMPv6's checksum covers a pseudo header with the source address
   * (RFC 4443 section 2.3), which the kernel alone knows before it has chosen a route; so it fills
   * it in (RFC 3542 section 3.1), and this step is left out.
   *
   * @param size what {@link #write} returned
   */
  public void seal(int size) {
    int checksum = InternetChecksum.of(buffer, 0, size);
    buffer.set(EchoFormat.SHORT, EchoFormat.CHECKSUM, (short) checksum);
  }

  private void extendPattern(int size) {
    if (size > patternedTo) {
      MemorySegment.copy(pattern.message, patternedTo, buffer, patternedTo, size - patternedTo);
      patternedTo = size;
    }
  }
}
