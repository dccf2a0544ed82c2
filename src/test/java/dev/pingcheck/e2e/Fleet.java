package dev.pingcheck.e2e;

import static dev.pingcheck.e2e.Pods.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pingcheck.e2e.Pods.Container;
import java.time.Duration;

/** The probe of the DaemonSet, which dials the Service by its name, with its projected token. */
record Fleet(Pods pods) {
  static final String NODE = "pingcheck-node";
  static final String FROM_NODE = "from: {nodeSelector: {kubernetes.io/hostname: " + NODE + "}}";
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String HOST = "198.51.100.41";
  private static final String TOKEN = "/var/run/secrets/pingcheck/token";

  /** While others wait for their pods, so does the one that is to be refused. */
  void begin() {
    pods.startProbe("of-another-audience");
  }

  void checkIsPingedFromItsNode() {
    try (Wire wire = Wire.of(pods.node(), HOST)) {
      pods.create("from-node", HOST, Duration.ofSeconds(1), FROM_NODE);
      pods.rolledOut(Pods.FLEET);
      await().atMost(PATIENCE).until(() -> pods.condition("from-node", "Healthy").equals("True"));
      JsonNode sources = pods.check("from-node").at("/status/sources");
      assertThat(sources).hasSize(1);
      assertThat(sources.at("/0/node").asText()).isEqualTo(NODE);
      assertThat(wire.probers()).containsExactly(pods.nodeProbes().getFirst().address());
    }
    assertThat(pods.kubectl("logs", Pods.FLEET))
        .contains("Connected to the operator at pingcheck:9443.");
  }

  void probeHasNetRawAndATokenThatTheApiServerDoesNotTake() {
    Container probe = pods.nodeProbes().getFirst();
    Privileges.areThose(pods, probe, Privileges.NET_RAW, "0");
    assertThat(pods.node().run("cat", "/proc/" + probe.pid() + "/mountinfo"))
        .contains("/run/secrets/pingcheck")
        .doesNotContain("kubernetes.io/serviceaccount");
    String get =
        "kubectl --kubeconfig /dev/null --server https://10.0.0.1 --insecure-skip-tls-verify"
            + " --token \"$(cat '%s')\" get --raw /api".formatted(Pods.file(probe, TOKEN));
    Node.Result refused = pods.node().attempt("sh", "-c", get);
    assertThat(refused.succeeded()).isFalse();
    assertThat(refused.err()).contains("You must be logged in to the server (Unauthorized)");
  }

  /** Of the pod of-another-audience in src/test/resources/e2e/probes.yaml. */
  void probeWhoseTokenIsForAnotherAudienceIsRefusedAndCounted() {
    await()
        .atMost(PATIENCE)
        .until(() ->
            pods.metric(
                    pods.leaders("operator"),
                    "pingcheck_link_refused_total",
                    "reason=\"other_audience\"")
                > 0);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(pods.kubectl("logs", "of-another-audience"))
                .contains("The probe's token is not for the audience pingcheck")
                .doesNotContain("Connected"));
    pods.kubectl("delete", "pod", "of-another-audience", "--wait=false");
  }
}
