package dev.pingcheck.plan;

import dev.pingcheck.crd.PingCheckSpec;
import dev.pingcheck.crd.Thresholds;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * From when on rounds are too bad, with every default applied.
 *
 * @param lossPercent a round that loses this share or more is a failed one, 1 to 100
 * @param recoveryLossPercent once unhealthy, only a round that loses less is a good one, 1 to
 *     {@code lossPercent}
 * @param rtt a round whose average is longer is a failed one; empty: not judged
 * @param failureThreshold failed rounds in a row that make a check unhealthy, at least 1
 * @param successThreshold good rounds in a row that make it healthy again, at least 1
 */
public record Limits(
    int lossPercent,
    int recoveryLossPercent,
    Optional<Duration> rtt,
    int failureThreshold,
    int successThreshold) {

  /** The limits of a spec that {@link Planner} does not refuse. */
  public static Limits of(PingCheckSpec spec) {
    Thresholds thresholds = SpecDefaults.thresholds(spec);
    int lossPercent = Objects.requireNonNullElse(thresholds.getLossPercent(), 20);
    return new Limits(
        lossPercent,
        Objects.requireNonNullElse(thresholds.getRecoveryLossPercent(), lossPercent),
        Optional.ofNullable(thresholds.getRtt()).flatMap(Durations::parse),
        Objects.requireNonNullElse(thresholds.getFailureThreshold(), 1),
        Objects.requireNonNullElse(thresholds.getSuccessThreshold(), 1));
  }
}
