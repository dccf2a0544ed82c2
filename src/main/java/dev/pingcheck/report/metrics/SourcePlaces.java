package dev.pingcheck.report.metrics;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many nodes may have series, over all checks together: a few checks of many nodes and many
 * checks of a few nodes cost the same.
 *
 * <p>Thread safe.
 */
final class SourcePlaces {
  private final int most;
  private final AtomicInteger taken = new AtomicInteger();

  /**
   * @param most at least 0
   */
  SourcePlaces(int most) {
    this.most = most;
  }

  /** Takes a place, if one is free. */
  boolean take() {
    return taken.getAndUpdate(now -> now < most ? now + 1 : now) < most;
  }

  /** Gives so many places back. */
  void free(int places) {
    taken.addAndGet(-places);
  }
}
