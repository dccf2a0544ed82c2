package dev.pingcheck.cli.kubectl;

import dev.pingcheck.crd.EffectiveThresholds;
import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.crd.PingCheckSpec;
import dev.pingcheck.crd.PingCheckStatus;
import java.util.Objects;

/**
 * The thresholds in force for the next round of a check.
 *
 * @param isUnhealthyByLoss so that the loss is held against the level of recovery
 */
record Bounds(EffectiveThresholds thresholds, boolean isUnhealthyByLoss) {

  static Bounds of(PingCheck check) {
    PingCheckStatus status = Objects.requireNonNullElseGet(check.getStatus(), PingCheckStatus::new);
    return new Bounds(
        EffectiveThresholds.of(Objects.requireNonNullElseGet(check.getSpec(), PingCheckSpec::new)),
        status.getOutages().stream()
            .anyMatch(o -> o.getEnd() == null && "LossThresholdExceeded".equals(o.getReason())));
  }

  boolean isLossBad(int percent) {
    return thresholds.isLossBad(percent, isUnhealthyByLoss);
  }

  /** A loss of this share or more is bad. */
  int lossPercent() {
    return isUnhealthyByLoss ? thresholds.recoveryLossPercent() : thresholds.lossPercent();
  }

  /** Whether this time in nanoseconds is too long. */
  boolean isRttBad(long nanos) {
    return thresholds.isRttBad(nanos);
  }
}
