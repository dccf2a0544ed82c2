package dev.pingcheck.clock;

import java.time.Instant;

/** The two times that a measurement needs: one that never steps and one that people read. */
public interface Clock {

  /**
   * A monotonic time in nanoseconds, as {@link System#nanoTime()}: only differences mean something.
   */
  long nanoTime();

  /** The wall-clock time; it may step either way and is never used to measure. */
  Instant now();

  /** The same as {@link #now} in nanoseconds since the epoch; fits until the year 2262. */
  default long epochNanos() {
    Instant now = now();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  /** The machine's own clock. */
  static Clock system() {
    return SystemClock.INSTANCE;
  }
}
