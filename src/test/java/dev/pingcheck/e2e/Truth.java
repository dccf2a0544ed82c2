package dev.pingcheck.e2e;

import static dev.pingcheck.e2e.Pods.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What is true of the checks of src/test/resources/e2e/checks.yaml, and said once. */
record Truth(Pods pods) {
  static final List<String> CHECKS = List.of("good", "lossy", "dead");
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** Waits until the status of each tells of a round that has begun after a moment. */
  void isToldAfter(Instant moment) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          isTold();
          assertThat(CHECKS).allMatch(check -> pods.lastRound(check).isAfter(moment));
        });
  }

  private void isTold() {
    assertThat(pods.condition("good", "Healthy")).isEqualTo("True");
    assertThat(pods.check("good").at("/status/lastRound/lossPercent").asInt(-1)).isZero();
    assertThat(pods.condition("dead", "Reachable")).isEqualTo("False");
    assertThat(pods.condition("lossy", "Reachable")).isEqualTo("True");
    assertThat(pods.check("lossy").at("/status/lastRound/lossPercent").asInt()).isEqualTo(25);
  }

  /** Each crossing has its event, and nothing else that would alarm anybody has one. */
  void eachCrossingWasToldOnce() {
    assertThat(pods.events("good", "LossThresholdExceeded")).isEmpty();
    assertThat(pods.events("dead", "LossThresholdExceeded")).hasSize(1);
    assertThat(pods.events("lossy", "LossThresholdExceeded")).hasSize(1);
    for (String check : CHECKS) {
      assertThat(pods.events(check, "ProbeSilent")).isEmpty();
      assertThat(pods.events(check, "LossRecovered")).isEmpty();
    }
  }
}
