package dev.pingcheck.engine.wire;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * What fills the payload behind cookie and number, and is looked for again in the reply. Patterns
 * are told apart by identity: make one and use it for all requests that bear it.
 */
public final class PayloadPattern {
  /** The greatest number of octets that {@link #repeating} repeats. */
  public static final int MOST_OCTETS = 16;

  /** Each octet is the low octet of its own offset in the payload. */
  public static final PayloadPattern COUNTING = new PayloadPattern(Arena.global(), counting());

  private static final int PERIOD = 256;

  /** A message of the greatest size as far as its pattern goes; the rest of it is zero. */
  final MemorySegment message;

  private PayloadPattern(Arena arena, byte[] period) {
    int size = EchoFormat.HEADER_SIZE + EchoFormat.MAX_PAYLOAD;
    MemorySegment octets = arena.allocate(size, Long.BYTES);
    for (int i = EchoFormat.PATTERN; i < size; i++) {
      octets.set(EchoFormat.OCTET, i, period[(i - EchoFormat.HEADER_SIZE) % period.length]);
    }
    message = octets.asReadOnly();
  }

  /**
   * Octets that come again and again, counted from the start of the payload.
   *
   * @param octets 1 to {@link #MOST_OCTETS}
   */
  public static PayloadPattern repeating(byte... octets) {
    if (octets.length < 1 || octets.length > MOST_OCTETS) {
      throw new IllegalArgumentException("1 to 16 octets, not " + octets.length);
    }
    return new PayloadPattern(Arena.ofAuto(), octets.clone());
  }

  private static byte[] counting() {
    byte[] octets = new byte[PERIOD];
    for (int i = 0; i < PERIOD; i++) {
      octets[i] = (byte) i;
    }
    return octets;
  }
}
