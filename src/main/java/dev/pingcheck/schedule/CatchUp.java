package dev.pingcheck.schedule;

import dev.pingcheck.plan.Interruption;
import dev.pingcheck.plan.ProbePlan.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a round is made up for that fell into an interruption. All are late by the length of the
 * interruption, so that they come as evenly as they would have; one that was broken off comes at
 * once. Of several of one check only the last is made up for, and none when the next regular round
 * is as near: an interruption longer than the period costs the rounds that it is longer by.
 */
public final class CatchUp {
  private CatchUp() {}

  /**
   * The time until the round that is made up for.
   *
   * @param untilNext nanoseconds until the next regular round, from 0 to below the period
   * @param now the wall-clock time
   * @return nanoseconds, from 0 to below {@code untilNext}; empty if there is nothing to make up
   *     for
   */
  public static Optional<Long> delay(
      Timing timing, long untilNext, Interruption interruption, Instant now) {
    Duration age = timing.period().minusNanos(untilNext);
    Instant last = now.minus(age);
    boolean isMissed =
        last.isAfter(interruption.since())
            || interruption.brokenOff().filter(last.plus(longest(timing))::isAfter).isPresent();
    if (!isMissed) {
      return Optional.empty();
    }
    Duration length = Duration.between(interruption.since(), now);
    Duration late = length.compareTo(timing.period()) < 0 ? length : timing.period();
    long delay = Math.max(0, late.minus(age).toNanos());
    return delay < untilNext ? Optional.of(delay) : Optional.empty();
  }

  /** From the start of a round until its last request is given up. */
  private static Duration longest(Timing timing) {
    return timing.interval().multipliedBy(timing.count() - 1L).plus(timing.timeout());
  }
}
