package dev.pingcheck.crd;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * From when on rounds are too bad, with the default of everything that a spec leaves out.
 *
 * @param lossPercent a round that loses this share or more is a failed one, 1 to 100
 * @param recoveryLossPercent once unhealthy by loss, a round that loses this share or more is a
 *     failed one, 1 to {@code lossPercent}
 * @param rtt a round whose average is longer is a failed one; empty: not judged
 * @param failureThreshold failed rounds in a row that make a check unhealthy, at least 1
 * @param successThreshold good rounds in a row that make it healthy again, at least 1
 */
public record EffectiveThresholds(
    int lossPercent,
    int recoveryLossPercent,
    Optional<Duration> rtt,
    int failureThreshold,
    int successThreshold) {

  private static final int DEFAULT_LOSS_PERCENT = 20;

  /** The thresholds of a spec; one that is no duration counts as absent. */
  public static EffectiveThresholds of(PingCheckSpec spec) {
    Thresholds given = Objects.requireNonNullElseGet(spec.getThresholds(), Thresholds::new);
    int loss = Objects.requireNonNullElse(given.getLossPercent(), DEFAULT_LOSS_PERCENT);
    return new EffectiveThresholds(
        loss,
        Objects.requireNonNullElse(given.getRecoveryLossPercent(), loss),
        Optional.ofNullable(given.getRtt()).flatMap(Durations::parse),
        Objects.requireNonNullElse(given.getFailureThreshold(), 1),
        Objects.requireNonNullElse(given.getSuccessThreshold(), 1));
  }

  /** Whether this loss is too bad for a check that is unhealthy by loss already, or is not yet. */
  public boolean isLossBad(int percent, boolean unhealthy) {
    return percent >= (unhealthy ? recoveryLossPercent : lossPercent);
  }

  /** Whether this average round-trip time in nanoseconds is too long. */
  public boolean isRttBad(long avg) {
    return rtt.isPresent() && avg > rtt.get().toNanos();
  }
}
