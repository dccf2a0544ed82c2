package dev.pingcheck.clock;

import java.time.Duration;
import java.time.Instant;

/** A clock that stands still until a test moves it; safe to read from any thread. */
public final class FakeClock implements Clock {
  private volatile long nanos;
  private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public Instant now() {
    return now;
  }

  /** Time passes: both clocks move on by the same amount. */
  public synchronized void advance(Duration by) {
    nanos += by.toNanos();
    now = now.plus(by);
  }

  /** Somebody sets the wall clock; the monotonic one does not notice. */
  public synchronized void stepWallClock(Duration by) {
    now = now.plus(by);
  }
}
