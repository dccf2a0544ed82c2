package dev.pingcheck.crd;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EffectiveThresholdsTest {

  @Test
  void specWithoutThresholdsHasEveryDefault() {
    assertThat(thresholds("{hostname: a}"))
        .isEqualTo(new EffectiveThresholds(20, 20, Optional.empty(), 1, 1));
  }

  @Test
  void recoveryFollowsTheLossThresholdWhereItIsAbsent() {
    assertThat(thresholds("{hostname: a, thresholds: {lossPercent: 50, rtt: 200ms}}"))
        .isEqualTo(new EffectiveThresholds(50, 50, Optional.of(Duration.ofMillis(200)), 1, 1));
  }

  @Test
  void everyThresholdGivenIsTheOneInForce() {
    assertThat(
            thresholds(
                "{hostname: a, thresholds: {lossPercent: 50, recoveryLossPercent: 5,"
                    + " failureThreshold: 3, successThreshold: 2}}"))
        .isEqualTo(new EffectiveThresholds(50, 5, Optional.empty(), 3, 2));
  }

  private static EffectiveThresholds thresholds(String yaml) {
    return EffectiveThresholds.of(Specs.read(yaml, PingCheckSpec.class));
  }
}
