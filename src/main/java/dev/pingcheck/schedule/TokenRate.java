package dev.pingcheck.schedule;

/**
 * The rule of a token bucket, as the generic cell rate algorithm has it (ITU-T I.371, annex A): all
 * that is known of a bucket is the time at which it will be full again. A token that is not there
 * yet can be taken in advance; who takes one gets the time at which it is there. So tokens go to
 * those who ask in the order in which they ask, and nobody waits in a queue.
 *
 * @param spacing nanoseconds in which a token comes
 * @param tolerance how long before it is full a bucket still gives a token at once, in nanoseconds
 */
record TokenRate(long spacing, long tolerance) {
  private static final long SECOND = 1_000_000_000L;

  /**
   * @param perSecond tokens, 1 to 1,000,000
   * @param burst tokens that a full bucket holds, at least 1
   */
  static TokenRate of(int perSecond, int burst) {
    // Rounded up: the limit is kept, if not quite reached.
    long spacing = Math.ceilDiv(SECOND, perSecond);
    return new TokenRate(spacing, (burst - 1) * spacing);
  }

  /** When the next token of a bucket may be used that will be full at that time; never past. */
  long usable(long fullAt, long now) {
    return Math.max(now, fullAt - tolerance);
  }

  /** When a bucket is full again out of which one more token is taken. */
  long fullAfter(long fullAt, long now) {
    return Math.max(now, fullAt) + spacing;
  }
}
