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

  /** The machine's own clock. */
  static Clock system() {
    return SystemClock.INSTANCE;
  }
}
