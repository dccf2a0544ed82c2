package dev.pingcheck.e2e;

import static dev.pingcheck.e2e.Pods.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The chart, from {@code helm install} to {@code helm uninstall}, with the commands of
 * docs/install.md.
 */
record Release(Pods pods, Truth truth, Separation separation) {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String CHART = Pods.path("helm/pingcheck");
  private static final String ENDS =
      "go-template={{range .status.containerStatuses}}{{$name := .name}}{{with .state.terminated}}"
          + "{{$name}} ends with {{.exitCode}}{{\"\\n\"}}{{end}}{{end}}";

  /** A rolling update ends the pod that leads, and may then end the one that took over. */
  private static final int TAKE_OVERS = 2;

  void install() {
    pods.helm("install", "pingcheck", CHART, "--create-namespace");
    hold("privileged");
    pods.kubectl(
        "wait", "--for=condition=Established", "--timeout=60s", "crd/pingchecks.pingcheck.dev");
    pods.node().run("kubectl", "apply", "-f", Pods.resource("checks.yaml"));
    pods.rolledOut(Pods.OPERATORS);
  }

  private void hold(String level) {
    pods.kubectl(
        "label",
        "--overwrite",
        "namespace",
        "pingcheck-system",
        "pod-security.kubernetes.io/enforce=" + level);
  }

  /**
   * To probes without any capability, in a namespace that admits no other, and one on each node.
   */
  void upgrade() {
    Node.Running rounds =
        pods.node()
            .begin(
                "kubectl", "-n", "default", "get", "pingchecks", "--watch", "-o", Rounds.COLUMNS);
    Node.Running ends =
        pods.node()
            .begin("kubectl", "-n", "pingcheck-system", "get", "pods", "--watch", "-o", ENDS);
    hold("restricted");
    pods.helm(
        "upgrade",
        "pingcheck",
        CHART,
        "--reset-then-reuse-values",
        "--set",
        "mode=restricted,fleet.enabled=true");
    pods.rolledOut(Pods.OPERATORS);
    truth.isToldAfter(Instant.now());
    Rounds seen = new Rounds(rounds.end());
    assertThat(ends.end().lines().filter(line -> !line.isBlank()))
        .as("both containers of both pods, within their grace period")
        .isNotEmpty()
        .containsOnly("operator ends with 0", "probe ends with 0");
    assertThat(seen.missing().values())
        .as(
            "of the rounds %s of each check, beside take-overs that took longer than a period",
            seen)
        .hasSize(3)
        .allMatch(missing -> missing <= TAKE_OVERS);
    assertThat(seen.missing().get("dead")).as("of %s, whose period is longer", seen).isZero();
    truth.eachCrossingWasToldOnce();
    separation.nobodyHasAnything();
    pods.rolledOut(Pods.FLEET);
    assertThat(pods.nodeProbes())
        .hasSize(1)
        .allSatisfy(each -> Privileges.areThose(pods, each, Privileges.NONE, "65533"));
  }

  void rollback() {
    hold("privileged");
    pods.helm("rollback", "pingcheck");
    pods.rolledOut(Pods.OPERATORS);
    separation.probeHasNetRawAndTheOperatorHasNothing();
    assertThat(pods.kubectl("get", "daemonsets", "-o", "name")).isEmpty();
  }

  void uninstall() {
    pods.helm("uninstall", "pingcheck");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(pods.kubectl("get", "pods", "-o", "name")).isEmpty());
    assertThat(pods.kubectl("get", "deployments,services,networkpolicies,roles", "-o", "name"))
        .isEmpty();
    assertThat(
            List.of(
                pods.node()
                    .run("kubectl", "get", "pingchecks", "-o", "jsonpath={.items[*].metadata.name}")
                    .split(" ")))
        .containsExactlyInAnyOrderElementsOf(Truth.CHECKS);
  }
}
