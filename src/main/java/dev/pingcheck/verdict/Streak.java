package dev.pingcheck.verdict;

import dev.pingcheck.crd.EffectiveThresholds;
import dev.pingcheck.crd.PingCheckStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * Rounds in a row.
 *
 * @param failures bad ones up to now, at least 0
 * @param successes good ones up to now, at least 0; one of the two is 0
 * @param start when the first of them began; unknown in a status of an earlier version
 */
record Streak(int failures, int successes, Optional<Instant> start) {

  static final Streak NONE = new Streak(0, 0, Optional.empty());

  static Streak of(PingCheckStatus status) {
    return new Streak(
        count(status.getConsecutiveFailures()),
        count(status.getConsecutiveSuccesses()),
        Optional.ofNullable(status.getStreakStart()));
  }

  private static int count(Integer stored) {
    return stored == null ? 0 : stored;
  }

  Streak then(boolean bad, Instant roundStart) {
    boolean goesOn = bad ? failures > 0 : successes > 0;
    Optional<Instant> first = goesOn && start.isPresent() ? start : Optional.of(roundStart);
    return bad ? new Streak(failures + 1, 0, first) : new Streak(0, successes + 1, first);
  }

  void writeTo(PingCheckStatus status) {
    status.setConsecutiveFailures(failures);
    status.setConsecutiveSuccesses(successes);
    status.setStreakStart(start.orElse(null));
  }

  /**
   * What of it can decide about a crossing to come. While this stays the same, the rounds between
   * may be forgotten by a crash, and nothing is told otherwise.
   *
   * @param unhealthy whether a problem is open
   */
  Streak weight(EffectiveThresholds thresholds, boolean unhealthy) {
    int toOpen = Math.min(failures, thresholds.failureThreshold());
    int toClose = unhealthy ? Math.min(successes, thresholds.successThreshold()) : 0;
    return new Streak(toOpen, toClose, Optional.empty()); // the start changes only with them
  }
}
