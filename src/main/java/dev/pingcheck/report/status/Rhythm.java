package dev.pingcheck.report.status;

import java.time.Duration;

/**
 * When the figures of one check are due: at even distances from a place of its own, whatever else
 * was written of it in between. So the writes of many checks stay spread, also after all of them
 * were written at once because they were applied together or lost their network together.
 *
 * <p>Not thread safe.
 */
final class Rhythm {
  private long from;
  private double share;

  private Rhythm(long from, double share) {
    this.from = from;
    this.share = share;
  }

  /**
   * The rhythm of a check that was never written before.
   *
   * @param now monotonic nanoseconds
   * @param share where in the first stretch its place is, in [0, 1)
   */
  static Rhythm startingAt(long now, double share) {
    return new Rhythm(now, share);
  }

  /** The rhythm of a check whose figures were written at this time, perhaps by another process. */
  static Rhythm writtenAt(long then) {
    return new Rhythm(then, 1);
  }

  /**
   * Whether this is the round whose figures are to be written: of all rounds the one next to the
   * due time.
   *
   * @param now monotonic nanoseconds
   * @param spacing from one write to the next, zero for each round
   * @param period from one round to the next
   */
  boolean isDue(long now, Duration spacing, Duration period) {
    return spacing.isZero() || now + period.toNanos() / 2 >= due(spacing);
  }

  /** The figures that were due are written. */
  void written(long now, Duration spacing) {
    // Who is late keeps to the rhythm; who missed a whole turn of it makes up for nothing.
    from = spacing.isZero() ? now : Math.max(due(spacing), now - spacing.toNanos() / 2);
    share = 1;
  }

  private long due(Duration spacing) {
    return from + (long) (share * spacing.toNanos());
  }
}
