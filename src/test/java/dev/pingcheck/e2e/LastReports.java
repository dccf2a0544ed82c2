package dev.pingcheck.e2e;

import static dev.pingcheck.e2e.Pods.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.e2e.Pods.Container;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/**
 * What a probe has settled before it is told to end is told. What was settled is counted on the
 * wire, from four replies a round; what is told, in the operator's metrics, or in the statuses
 * where the operator ends too.
 */
record LastReports(Pods pods) {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /**
   * So that rounds are settled and cannot be told: nothing of this pod reaches the operator. Not
   * for long, as TCP tries again after 3 s, 6 s and 13 s, and the probe waits for ten.
   */
  private static final String CUT =
      """
      nft -f - <<NFT
      table ip cut {
        chain pods { type filter hook forward priority filter; ip saddr %s tcp dport 9443 drop; }
      }
      NFT
      sleep 1.5
      date +%%s.%%N
      %s
      sleep 0.3
      nft delete table ip cut
      """;

  /** Nobody takes the pod's place, so that what is counted is its work. */
  void ofAPodOfTheFleetThatIsDeleted() {
    Container probe = pods.nodeProbes().getFirst();
    String delete = "kubectl -n pingcheck-system delete pod --wait=false " + probe.pod() + " >&2";
    try (Wire wire = Wire.of(pods.node(), "198.51.100.42")) {
      pods.create("of-deleted", "198.51.100.42", Duration.ofSeconds(1), Fleet.FROM_NODE);
      someRounds(wire, probe);
      pods.kubectl("delete", Pods.FLEET, "--cascade=orphan");
      Instant told = cutOff(probe, delete);
      pods.kubectl("wait", "--for=delete", "pod/" + probe.pod(), "--timeout=180s");
      nothingIsLost("of-deleted", wire, probe, told);
    }
  }

  /** In the pod that-ends of src/test/resources/e2e/probes.yaml, which is not started again. */
  void ofAContainerThatIsStopped() {
    pods.startProbe("that-ends");
    pods.kubectl("wait", "--for=condition=Ready", "pod/that-ends", "--timeout=180s");
    Container probe = pods.containers("pingcheck.dev/probe=that-ends", "probe").getFirst();
    try (Wire wire = Wire.of(pods.node(), "198.51.100.43")) {
      pods.create("of-stopped", "198.51.100.43", Duration.ofSeconds(1), Fleet.FROM_NODE);
      someRounds(wire, probe);
      Instant told = cutOff(probe, "kill -TERM " + probe.pid());
      pods.kubectl(
          "wait", "--for=jsonpath={.status.phase}=Succeeded", "pod/that-ends", "--timeout=180s");
      nothingIsLost("of-stopped", wire, probe, told);
    }
  }

  private static void someRounds(Wire wire, Container probe) {
    await()
        .atMost(PATIENCE)
        .until(() -> wire.replies(probe.address(), Instant.MAX) >= 2L * Pods.COUNT);
  }

  /** When the command was given. */
  private Instant cutOff(Container probe, String command) {
    String script = CUT.formatted(probe.address(), command);
    BigDecimal seconds = new BigDecimal(pods.node().run("sh", "-ec", script).strip());
    return Instant.ofEpochSecond(
        seconds.longValue(), seconds.remainder(BigDecimal.ONE).movePointRight(9).longValue());
  }

  private void nothingIsLost(String check, Wire wire, Container probe, Instant told) {
    long settled = wire.replies(probe.address(), told) / Pods.COUNT;
    long atMost = wire.replies(probe.address(), Instant.MAX) / Pods.COUNT;
    assertThat(
            pods.metric(
                pods.leaders("operator"), "pingcheck_rounds_total", "name=\"" + check + "\""))
        .as("rounds told, of %d that were settled in time, and %d in all", settled, atMost)
        .isBetween(settled, atMost);
  }

  /** With the operator that it reports to. */
  void ofTheLeadersPodThatIsDeleted() {
    Container probe = pods.leaders("probe");
    try (Wire wire = Wire.of(pods.node(), "198.51.100.44")) {
      Node.Running statuses =
          pods.node()
              .begin(
                  "kubectl", "-n", "default", "get", "pingchecks", "--watch", "-o", Rounds.COLUMNS);
      pods.create("of-leader", "198.51.100.44", Duration.ofSeconds(5), "");
      someRounds(wire, probe);
      Instant told = Instant.now();
      pods.kubectl("delete", "pod", "--wait=false", probe.pod());
      await().atMost(PATIENCE).until(() -> wire.probers().size() == 2);
      String next =
          wire.probers().stream()
              .filter(each -> !each.equals(probe.address()))
              .findAny()
              .orElseThrow();
      Instant takenOver = wire.firstRequest(next).minusMillis(500);
      await().atMost(PATIENCE).until(() -> pods.lastRound("of-leader").isAfter(takenOver));
      long settled = wire.replies(probe.address(), told) / Pods.COUNT;
      assertThat(new Rounds(statuses.end()).startedBefore("of-leader", takenOver))
          .as("rounds told, of those that were settled in time")
          .isBetween(settled, wire.replies(probe.address(), Instant.MAX) / Pods.COUNT);
    }
  }
}
