package dev.pingcheck.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.kube.ApiServer;
import dev.pingcheck.lab.Capture;
import dev.pingcheck.lab.Lab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a user sees, on a real API server, real sockets and a real network. */
class PipelineIT {
  @RegisterExtension static final ApiServer api = new ApiServer();

  private static Lab lab;
  private static Pipeline pipeline;

  @BeforeAll
  static void start() throws IOException {
    lab = Lab.builder().hosts("a", "b", "c", "quarter").name("a.lab.test", "a").open();
    pipeline = new Pipeline(api, lab).start();
  }

  @AfterAll
  static void stop() throws IOException {
    try {
      pipeline.close();
    } finally {
      lab.close();
    }
  }

  @BeforeEach
  void heal() {
    lab.host("a").heal();
    lab.host("b").heal();
  }

  @Test
  void aHealthyHostShowsItsFigures() {
    pipeline.apply("healthy", "a.lab.test");
    PingCheckStatus status = pipeline.awaitCondition("healthy", "Healthy", "True").getStatus();
    assertThat(status.getAddress()).isIn(lab.host("a").address4(), lab.host("a").address6());
    assertThat(status.getLastRound().getSent()).isEqualTo(4);
    assertThat(status.getLastRound().getReceived()).isEqualTo(4);
    assertThat(status.getLastRound().getLossPercent()).isZero();
    assertThat(status.getLastRound().getRtt().getAvg()).matches("[0-9.]+(ns|µs|ms)");
    assertThat(status.getLastReplyTime()).isNotNull();
    assertThat(status.getLastTimeoutTime()).isNull();
    assertThat(status.getObservedGeneration()).isEqualTo(1);
    assertThat(pipeline.events("healthy")).isEmpty();
  }

  @Test
  void bothFamiliesArePinged() {
    pipeline.apply("four", lab.host("a").address4());
    pipeline.apply("six", lab.host("a").address6());
    assertThat(pipeline.awaitCondition("four", "Healthy", "True").getStatus().getAddress())
        .isEqualTo(lab.host("a").address4());
    assertThat(pipeline.awaitCondition("six", "Healthy", "True").getStatus().getAddress())
        .isEqualTo(lab.host("a").address6());
  }

  @Test
  void aLossIsOneEventEachWay() {
    pipeline.apply("crossing", lab.host("b").address4());
    pipeline.awaitCondition("crossing", "Healthy", "True");
    lab.host("b").dropAll();
    PingCheck down = pipeline.awaitCondition("crossing", "Healthy", "False");
    pipeline.await("crossing", "all lost", c -> loss(c) == 100);
    assertThat(Pipeline.condition(down, "Reachable")).isIn("True", "False");
    assertThat(pipeline.get("crossing").getStatus().getLastTimeoutTime()).isNotNull();
    pipeline.awaitRounds("crossing", 3);
    lab.host("b").heal();
    pipeline.awaitCondition("crossing", "Healthy", "True");
    pipeline.awaitRounds("crossing", 3);
    assertThat(pipeline.events("crossing"))
        .containsExactly("LossThresholdExceeded", "LossRecovered");
    assertThat(pipeline.get("crossing").getStatus().getOutages()).hasSize(1);
  }

  @Test
  void oneLostInFourIsExactlyTwentyFivePercent() {
    // A host of its own: the drop counts every echo that arrives, and must count only this check's.
    pipeline.apply("quarter", lab.host("quarter").address4(), "period: 5s");
    pipeline.awaitCondition("quarter", "Healthy", "True");
    lab.host("quarter").dropOneIn(4);
    pipeline.await("quarter", "a lossy round", c -> loss(c) > 0);
    for (int i = 0; i < 3; i++) {
      pipeline.awaitRounds("quarter", 1);
      assertThat(loss(pipeline.get("quarter"))).isEqualTo(25);
    }
    assertThat(pipeline.get("quarter").getStatus().getLastRound().getLost())
        .containsEntry("Timeout", 1);
  }

  @Test
  void aForbiddingRouterIsToldApartFromATimeout() {
    lab.host("b").rejectWith("admin-prohibited");
    pipeline.apply("forbidden", lab.host("b").address4());
    PingCheck check = pipeline.awaitCondition("forbidden", "Reachable", "False");
    assertThat(check.getStatus().getLastRound().getLost()).containsEntry("AdminProhibited", 4);
  }

  @Test
  void aNameThatDoesNotResolveIsToldOnceEvenAfterARestart() {
    pipeline.apply("nameless", "nobody.lab.test");
    PingCheck check = pipeline.awaitCondition("nameless", "Resolved", "False");
    assertThat(Pipeline.condition(check, "Healthy")).isEqualTo("False");
    pipeline.awaitRounds("nameless", 1);
    pipeline.killOperator();
    pipeline.startOperator();
    pipeline.awaitReady();
    pipeline.awaitRounds("nameless", 2);
    assertThat(pipeline.events("nameless")).containsExactly("ResolutionFailed");
  }

  @Test
  void aSuspendedCheckStopsAtOnceAndResumes() throws IOException {
    pipeline.apply("pausing", lab.host("c").address4());
    pipeline.awaitCondition("pausing", "Healthy", "True");
    pipeline.apply("pausing", lab.host("c").address4(), "suspend: true");
    pipeline.await("pausing", "suspended", c -> reason(c, "Healthy").equals("Suspended"));
    // The probe hears of it a moment later.
    Awaitility.await("nothing is sent")
        .atMost(30, TimeUnit.SECONDS)
        .untilAsserted(() -> assertNoRequestTo(lab.host("c").address4(), "pausing"));
    pipeline.apply("pausing", lab.host("c").address4(), "suspend: false");
    pipeline.awaitCondition("pausing", "Healthy", "True");
  }

  @Test
  void aDeletedCheckStopsAtOnceAndLeavesNoSeries() {
    pipeline.apply("leaving", lab.host("a").address4());
    pipeline.awaitCondition("leaving", "Healthy", "True");
    assertThat(pipeline.metrics("leaving")).isNotEmpty();
    pipeline.delete("leaving");
    Awaitility.await("no series is left")
        .atMost(Pipeline.PATIENCE_SECONDS, TimeUnit.SECONDS)
        .during(Duration.ofSeconds(3))
        .until(() -> pipeline.metrics("leaving").isEmpty());
  }

  @Test
  void aChangedHostIsPingedInsteadOfTheOldOne() {
    pipeline.apply("moving", lab.host("a").address4());
    pipeline.awaitCondition("moving", "Healthy", "True");
    pipeline.apply("moving", lab.host("b").address4());
    PingCheck moved =
        pipeline.await(
            "moving",
            "a round of the new host",
            c -> lab.host("b").address4().equals(c.getStatus().getAddress()));
    assertThat(moved.getStatus().getObservedGeneration()).isEqualTo(2);
  }

  @Test
  void aSpecTheCrdCouldNotRefuseIsRefusedInACondition() {
    pipeline.apply("label", lab.host("a").address4(), "from: {nodeSelector: {'a b': c}}");
    PingCheck check = pipeline.awaitCondition("label", "Accepted", "False");
    assertThat(reason(check, "Accepted")).isEqualTo("InvalidSpec");
    assertThat(Pipeline.condition(check, "Healthy")).isEqualTo("Unknown");
  }

  @Test
  void aCheckFromNodesThatDoNotExistIsAcceptedAndSaysSo() {
    pipeline.apply("fleet", lab.host("a").address4(), "from: {nodeSelector: {pipeline: nowhere}}");
    PingCheck check =
        pipeline.await("fleet", "nobody is there", c -> reason(c, "Healthy").equals("NoProbe"));
    assertThat(Pipeline.condition(check, "Accepted")).isEqualTo("True");
    assertThat(Pipeline.condition(check, "Healthy")).isEqualTo("Unknown");
  }

  @Test
  void metricsCountWhatWasSentAndReceived() {
    pipeline.apply("counted", lab.host("a").address4());
    pipeline.awaitCondition("counted", "Healthy", "True");
    pipeline.awaitRounds("counted", 1);
    assertThat(pipeline.metrics("counted"))
        .anyMatch(l -> l.matches("pingcheck_echo_requests_total\\{.*} [1-9][0-9.]*"))
        .anyMatch(l -> l.matches("pingcheck_echo_replies_total\\{.*} [1-9][0-9.]*"))
        .anyMatch(l -> l.matches("pingcheck_echo_lost_total\\{.*reason=\"timeout\".*} 0.0"))
        .anyMatch(l -> l.matches("pingcheck_rtt_seconds_bucket\\{.*le=\"\\+Inf\".*} [1-9][0-9.]*"))
        .anyMatch(l ->
            l.contains("pingcheck_check_condition")
                && l.contains("type=\"Healthy\"")
                && l.contains("status=\"true\"")
                && l.endsWith(" 1.0"));
  }

  @Test
  void twoHundredChecksAppliedAtOnceAllGetTheirStatus() throws IOException {
    StringBuilder all = new StringBuilder();
    IntStream.range(0, 200)
        .forEach(i ->
            all.append("---\n")
                .append(
                    pipeline.yaml(
                        "many-" + i, lab.host(i % 2 == 0 ? "a" : "b").address4(), "period: 5s")));
    Path file = Files.writeString(Files.createTempFile("many", ".yaml"), all);
    try {
      api.kubectl("apply", "--server-side", "-f", file.toString());
    } finally {
      Files.delete(file);
    }
    Awaitility.await("200 healthy checks")
        .atMost(Pipeline.PATIENCE_SECONDS, TimeUnit.SECONDS)
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () ->
                pipeline.all().stream()
                    .filter(c -> c.getMetadata().getName().startsWith("many-"))
                    .filter(c -> Pipeline.condition(c, "Healthy").equals("True"))
                    .count(),
            n -> n == 200);
    IntStream.range(0, 200).forEach(i -> pipeline.delete("many-" + i));
  }

  @Test
  void eitherSideKilledInARoundNeitherDoublesNorLosesACrossing() {
    pipeline.apply("killed", lab.host("b").address4());
    pipeline.awaitCondition("killed", "Healthy", "True");
    pipeline.killProbe();
    lab.host("b").dropAll();
    pipeline.startProbe();
    pipeline.awaitCondition("killed", "Healthy", "False");
    pipeline.killOperator();
    lab.host("b").heal();
    pipeline.startOperator();
    pipeline.awaitReady();
    pipeline.awaitCondition("killed", "Healthy", "True");
    pipeline.killOperator();
    pipeline.killProbe();
    pipeline.startProbe();
    pipeline.startOperator();
    pipeline.awaitReady();
    pipeline.awaitRounds("killed", 2);
    List<String> told = pipeline.events("killed");
    assertThat(told)
        .filteredOn(reason -> !reason.equals("ProbeSilent"))
        .containsExactly("LossThresholdExceeded", "LossRecovered");
    // A new probe may be slow to start, twice.
    assertThat(told).filteredOn("ProbeSilent"::equals).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void anApiServerThatIsAwayCostsReadinessButNoCrossing() {
    pipeline.apply("away", lab.host("b").address4());
    pipeline.awaitCondition("away", "Healthy", "True");
    api.stop();
    try {
      Awaitility.await("not ready")
          .atMost(Pipeline.PATIENCE_SECONDS, TimeUnit.SECONDS)
          .until(() -> pipeline.http("/q/health/ready").startsWith("503"));
      assertThat(pipeline.http("/q/health/live")).startsWith("200");
      lab.host("b").dropAll();
      Awaitility.await().pollDelay(Duration.ofSeconds(4)).until(() -> true);
    } finally {
      api.start();
    }
    pipeline.awaitCondition("away", "Healthy", "False");
    lab.host("b").heal();
    pipeline.awaitCondition("away", "Healthy", "True");
    pipeline.awaitReady();
    pipeline.awaitRounds("away", 2);
    assertThat(pipeline.events("away")).containsExactly("LossThresholdExceeded", "LossRecovered");
  }

  @Test
  void aSilentProbeIsNotHealth() {
    pipeline.apply("silent", lab.host("a").address4());
    pipeline.awaitCondition("silent", "Healthy", "True");
    pipeline.killProbe();
    PingCheck check = pipeline.awaitCondition("silent", "Healthy", "Unknown");
    assertThat(reason(check, "Healthy")).isEqualTo("ProbeSilent");
    assertThat(pipeline.http("/q/health/ready")).startsWith("503");
    assertThat(pipeline.http("/q/health/live")).startsWith("200");
    pipeline.startProbe();
    pipeline.awaitCondition("silent", "Healthy", "True");
    assertThat(pipeline.events("silent")).containsExactly("ProbeSilent");
  }

  private static void assertNoRequestTo(String address, String why) throws IOException {
    Path file = Files.createTempFile(why, ".pcap");
    try {
      try (Capture capture = lab.capture(file, "icmp[icmptype] == icmp-echo and dst " + address)) {
        Awaitility.await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
      }
      int pcapHeader = 24;
      assertThat(Files.size(file)).as("echo requests in the capture").isEqualTo(pcapHeader);
    } finally {
      Files.delete(file);
    }
  }

  private static int loss(PingCheck check) {
    return check.getStatus().getLastRound() == null
            || check.getStatus().getLastRound().getLossPercent() == null
        ? -1
        : check.getStatus().getLastRound().getLossPercent();
  }

  private static String reason(PingCheck check, String type) {
    return check.getStatus().getConditions().stream()
        .filter(c -> c.getType().equals(type))
        .map(c -> c.getReason())
        .findFirst()
        .orElse("");
  }
}
