package dev.pingcheck.e2e;

import static dev.pingcheck.e2e.Pods.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.e2e.Pods.Container;
import java.time.Duration;
import java.util.List;

/**
 * Both containers of the pod that stands by are stopped: the kubelet finds it while others work.
 */
final class Hanging {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Pods pods;
  private List<Container> stopped = List.of();

  Hanging(Pods pods) {
    this.pods = pods;
  }

  void begin() {
    String leader = pods.leaders("operator").pod();
    Container operator =
        pods.containers("operator").stream()
            .filter(each -> !each.pod().equals(leader))
            .findFirst()
            .orElseThrow();
    stopped = List.of(operator, pods.sibling(operator, "probe"));
    stopped.forEach(each -> pods.node().run("kill", "-STOP", each.pid()));
  }

  void isKilledAndStandsByAgain() {
    assertThat(stopped).hasSize(2);
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(() ->
            assertThat(stopped)
                .allSatisfy(each ->
                    assertThat(pods.sibling(each, each.name()).restarts())
                        .isGreaterThan(each.restarts())));
    pods.rolledOut(Pods.OPERATORS);
  }
}
