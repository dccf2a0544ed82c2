package dev.pingcheck.crd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.kube.ApiServer;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PingCheckStatusIT {
  @RegisterExtension static final ApiServer api = new ApiServer();

  private static final String STATUS =
      """
      observedGeneration: 1
      target: gw.example.com, Any, All
      period: 30s
      conditions:
      - {type: Accepted, status: "True", reason: Accepted, message: '', observedGeneration: 1,
         lastTransitionTime: "2026-03-01T12:00:00Z"}
      - {type: Healthy, status: "False", reason: LossThresholdExceeded, message: Lost 1 of 4.,
         observedGeneration: 1, lastTransitionTime: "2026-03-01T12:00:01.123456Z"}
      address: 192.0.2.1
      addresses:
      - {address: 192.0.2.1, sent: 4, received: 3, lossPercent: 25, lost: {Timeout: 1},
         rtt: {min: 1.234ms, avg: 2ms, max: 3.5ms, stdDev: 45.1µs, jitter: 0s}}
      - {address: "2001:db8::1", sent: 4, received: 0, lossPercent: 100, lost: {NoRoute: 4}}
      addressCount: 2
      pinged: {count: 2, first: [192.0.2.1, "2001:db8::1"], digest: 9f3c21aa}
      lastRound:
        id: 9f3c21aa-17
        startTime: "2026-03-01T12:00:00.100Z"
        sent: 4
        received: 3
        lossPercent: 25
        rtt: {min: 1.234ms, avg: 2ms, max: 3.5ms, stdDev: 45.1µs, jitter: 12.5µs}
        lost: {Timeout: 1}
      lastTimeoutTime: "2020-01-01T00:00:00.000001Z"
      lastReplyTime: "2026-03-01T12:00:00.123456789Z"
      consecutiveFailures: 2
      consecutiveSuccesses: 0
      streakStart: "2026-03-01T12:00:00.100Z"
      outages:
      - {start: "2026-03-01T12:00:01.123456Z", reason: LossThresholdExceeded}
      - {start: "2026-02-01T12:00:00Z", end: "2026-02-01T12:00:30.500Z", reason: NoReply}
      turns:
      - {reason: LossThresholdExceeded, times: ["2026-03-01T12:00:01.123Z"],
         flappingSince: "2026-03-01T12:00:01.123Z"}
      sources:
      - {node: worker-1, address: 192.0.2.1, lossPercent: 25, rtt: 2ms, healthy: false,
         reason: LossThresholdExceeded, lastRoundTime: "2026-03-01T12:00:00.100Z"}
      unconfirmedEvents:
      - {type: Warning, reason: LossThresholdExceeded, time: "2026-03-01T12:00:01.123456Z",
         note: Lost 1 of 4., omitted: 3}
      """;

  private static String namespace;

  @BeforeAll
  static void install() {
    api.installCrd();
    namespace = api.newNamespace("status");
  }

  @Test
  void appliedStatusComesBackUnchangedWithEveryTimeToTheNanosecond() {
    create("whole");
    PingCheckStatus status = Serialization.unmarshal(STATUS, PingCheckStatus.class);

    apply("whole", status);

    assertThat(json(read("whole").getStatus())).isEqualTo(json(status));
    assertThat(Serialization.unmarshal(json(status), Map.class))
        .isEqualTo(Serialization.unmarshal(STATUS, Map.class));
  }

  @Test
  void fieldThatIsNoLongerAppliedGoesAway() {
    create("shrinking");
    apply("shrinking", Serialization.unmarshal(STATUS, PingCheckStatus.class));
    PingCheckStatus less = Serialization.unmarshal(STATUS, PingCheckStatus.class);
    less.setLastTimeoutTime(null);
    less.getLastRound().setRtt(null);
    less.getConditions().removeFirst();
    less.setUnconfirmedEvents(List.of());
    less.setOutages(less.getOutages().subList(0, 1));

    apply("shrinking", less);

    assertThat(json(read("shrinking").getStatus())).isEqualTo(json(less));
  }

  @Test
  void applyingTheSameStatusAgainWritesNothing() {
    create("same");
    PingCheckStatus status = Serialization.unmarshal(STATUS, PingCheckStatus.class);
    String first = apply("same", status).getMetadata().getResourceVersion();

    assertThat(apply("same", status).getMetadata().getResourceVersion()).isEqualTo(first);
  }

  @Test
  void conditionsOfTwoWritersStandSideBySide() {
    create("shared");
    PingCheckStatus ours = new PingCheckStatus();
    ours.setConditions(conditions("Accepted"));
    PingCheckStatus theirs = new PingCheckStatus();
    theirs.setConditions(conditions("Audited"));

    apply("shared", ours);
    apply("shared", theirs, "someone-else");

    assertThat(read("shared").getStatus().getConditions())
        .extracting(Condition::getType)
        .containsExactlyInAnyOrder("Accepted", "Audited");
  }

  private static List<Condition> conditions(String type) {
    return List.of(
        new ConditionBuilder()
            .withType(type)
            .withStatus("True")
            .withReason(type)
            .withMessage("")
            .withLastTransitionTime("2026-03-01T12:00:00Z")
            .build());
  }

  @Test
  void statusAppliedAloneLeavesTheSpecAsItWas() {
    PingCheckSpec before = create("spec").getSpec();

    apply("spec", Serialization.unmarshal(STATUS, PingCheckStatus.class));

    assertThat(json(read("spec").getSpec())).isEqualTo(json(before));
    assertThat(read("spec").getMetadata().getGeneration()).isEqualTo(1);
  }

  @Test
  void kubectlGetShowsTheColumnsOfTheReference() {
    create("shown");
    apply("shown", Serialization.unmarshal(STATUS, PingCheckStatus.class));

    List<String> lines = table("shown");

    assertThat(lines.get(0))
        .isEqualTo("NAME HOSTNAME ADDRESS HEALTHY REASON LOSS RTT LAST-TIMEOUT AGE");
    assertThat(lines.get(1))
        .matches(
            "shown gw.example.com 192.0.2.1 False LossThresholdExceeded 25 2ms \\d+y\\S* \\d+s");
  }

  @Test
  void kubectlGetWideAddsFurtherFigures() {
    create("wide");
    apply("wide", Serialization.unmarshal(STATUS, PingCheckStatus.class));

    List<String> lines = table("wide", "-o", "wide");

    assertThat(lines.get(0))
        .isEqualTo(
            "NAME HOSTNAME ADDRESS HEALTHY REASON LOSS RTT LAST-TIMEOUT MIN MAX JITTER SENT PERIOD"
                + " AGE");
    assertThat(lines.get(1))
        .matches(
            "wide gw.example.com 192.0.2.1 False LossThresholdExceeded 25 2ms \\d+y\\S* 1.234ms"
                + " 3.5ms 12.5µs 4 30s \\d+s");
  }

  private static List<String> table(String name, String... options) {
    List<String> arguments = new ArrayList<>(List.of("get", "pingchecks", "-n", namespace, name));
    arguments.addAll(List.of(options));
    return api.kubectl(arguments.toArray(String[]::new))
        .lines()
        .map(line -> line.strip().replaceAll(" +", " "))
        .toList();
  }

  private static PingCheck create(String name) {
    PingCheck check = named(name);
    PingCheckSpec spec = new PingCheckSpec();
    spec.setHostname("gw.example.com");
    check.setSpec(spec);
    return api.admin().resource(check).create();
  }

  private static PingCheck apply(String name, PingCheckStatus status) {
    return apply(name, status, "pingcheck-test");
  }

  private static PingCheck apply(String name, PingCheckStatus status, String writer) {
    PingCheck check = named(name);
    check.setStatus(status);
    return api.admin()
        .resource(check)
        .subresource("status")
        .patch(
            new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(writer)
                .withForce(true)
                .build(),
            check);
  }

  private static PingCheck read(String name) {
    return api.admin().resource(named(name)).get();
  }

  private static PingCheck named(String name) {
    PingCheck check = new PingCheck();
    check.setMetadata(new ObjectMetaBuilder().withName(name).withNamespace(namespace).build());
    return check;
  }

  private static String json(Object bean) {
    return Serialization.asJson(bean);
  }
}
