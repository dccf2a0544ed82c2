package dev.pingcheck.report.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.crd.Outage;
import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.crd.RecentTurns;
import dev.pingcheck.crd.SourceStatus;
import dev.pingcheck.stats.AddressRound;
import dev.pingcheck.stats.Pacing;
import dev.pingcheck.stats.Replies;
import dev.pingcheck.stats.Resolution;
import dev.pingcheck.stats.RoundId;
import dev.pingcheck.stats.RoundReport;
import dev.pingcheck.stats.Setback;
import dev.pingcheck.stats.SetbackCause;
import dev.pingcheck.stats.StrayKind;
import dev.pingcheck.stats.Strays;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckMetricsTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  private static final ObjectMeta CHECK =
      new ObjectMetaBuilder().withUid("uid-1").withNamespace("default").withName("check").build();

  private final CollectorRegistry registry = new CollectorRegistry();
  private final CheckMetrics metrics = new CheckMetrics(new SimpleMeterRegistry());

  CheckMetricsTest() {
    metrics.showIn(registry);
  }

  @ParameterizedTest
  @EnumSource
  void strayIsCountedUnderItsKindAlone(StrayKind kind) {
    count(replies(1, 1), Strays.of(kind, 3));
    assertThat(samples("pingcheck_echo_strays_total")).hasSize(1);
    assertThat(counter("pingcheck_echo_strays_total", kind.name().toLowerCase(Locale.ROOT)))
        .isEqualTo(3);
  }

  @Test
  void replyWithoutATimeIsCountedAndNotInTheHistogram() {
    count(replies(3, 1), Strays.NONE);
    assertThat(counter("pingcheck_echo_replies_total")).isEqualTo(3);
    assertThat(counter("pingcheck_echo_untimed_total")).isEqualTo(2);
    assertThat(counter("pingcheck_rtt_seconds_count")).isEqualTo(1);
    assertThat(counter("pingcheck_rtt_seconds_sum")).isEqualTo(0.001);
  }

  @ParameterizedTest
  @EnumSource
  void setbackIsCountedUnderItsReason(SetbackCause cause) {
    Pacing pacing = new Pacing(7, Map.of(cause, new Setback(3, 1_500_000_000L, 2)));
    metrics.round("uid-1", "default", "check", report(replies(1, 1), Strays.NONE, pacing));
    String reason = cause.name().toLowerCase(Locale.ROOT);
    assertThat(counter("pingcheck_echo_delayed_total", reason)).isEqualTo(3);
    assertThat(counter("pingcheck_echo_delay_seconds_total", reason)).isEqualTo(1.5);
    assertThat(counter("pingcheck_rounds_skipped_total", reason)).isEqualTo(2);
  }

  @Test
  void nothingIsLeftOfACheckThatIsGone() {
    count(replies(3, 1), Strays.of(StrayKind.FORGED, 1));
    stands("Healthy", "True");
    metrics.forget("uid-1");
    assertThat(text()).doesNotContain("name=");
    assertThat(samples("pingcheck_checks")).isEmpty();
    assertThat(metrics.size()).isZero();
  }

  private void count(Replies replies, Strays strays) {
    metrics.round("uid-1", "default", "check", report(replies, strays, Pacing.ON_TIME));
  }

  private static Replies replies(int count, int timed) {
    List<Long> rtts = List.of(1_000_000L).subList(0, timed);
    return new Replies(count, rtts, 0, OptionalInt.empty(), Optional.of(AT));
  }

  private static RoundReport report(Replies replies, Strays strays, Pacing pacing) {
    return new RoundReport(
        "uid-1",
        1,
        new RoundId("0123abcd", 1),
        AT,
        AT.plusSeconds(1),
        Resolution.literal(),
        List.of(
            new AddressRound(
                "192.0.2.1", replies.count(), replies, Map.of(), strays, Optional.empty())),
        pacing);
  }

  @Test
  void aTimeCountsInItsBucketAndInAllAboveIt() {
    count(replies(1, 1), Strays.NONE);
    assertThat(counter("pingcheck_rtt_seconds_bucket", "0.0005")).isZero();
    assertThat(counter("pingcheck_rtt_seconds_bucket", "0.001")).isEqualTo(1);
    assertThat(counter("pingcheck_rtt_seconds_bucket", "10.0")).isEqualTo(1);
    assertThat(counter("pingcheck_rtt_seconds_bucket", "+Inf")).isEqualTo(1);
  }

  @Test
  void conditionIsTrueAs1OrNotAs0AndOtherStatesAreThereWhileTheyHold() {
    stands("Healthy", "Unknown");
    stands("Healthy", "False");
    assertThat(conditions())
        .containsExactly(
            "pingcheck_check_condition{namespace=\"default\",name=\"check\",type=\"Healthy\",status=\"true\",} 0.0",
            "pingcheck_check_condition{namespace=\"default\",name=\"check\",type=\"Healthy\",status=\"false\",} 1.0");
    stands("Healthy", "True");
    assertThat(conditions())
        .containsExactly(
            "pingcheck_check_condition{namespace=\"default\",name=\"check\",type=\"Healthy\",status=\"true\",} 1.0");
  }

  @Test
  void silenceIsThereWhileItLasts() {
    metrics.status(CHECK, status("Healthy", "Unknown", "ProbeSilent", null));
    assertThat(counter("pingcheck_check_silent", "probe_silent")).isEqualTo(1);
    stands("Healthy", "True");
    assertThat(samples("pingcheck_check_silent")).isEmpty();
  }

  @Test
  void flappingAndWhatMakesACheckUnhealthyAreThereWhileTheyLast() {
    Outage open = new Outage();
    open.setReason("LossThresholdExceeded");
    PingCheckStatus bad = status("Healthy", "False", "LossThresholdExceeded", AT);
    bad.setOutages(List.of(open));
    metrics.status(CHECK, bad);
    assertThat(counter("pingcheck_check_flapping")).isEqualTo(1);
    assertThat(counter("pingcheck_check_problem", "loss")).isEqualTo(1);
    stands("Healthy", "True");
    assertThat(samples("pingcheck_check_flapping")).isEmpty();
    assertThat(samples("pingcheck_check_problem")).isEmpty();
  }

  @Test
  void aOneOffCheckIsCountedAndHasNoStateThatAnAlertLooksAt() {
    ObjectMeta oneOff =
        new ObjectMetaBuilder(CHECK).addToLabels("pingcheck.dev/one-off", "true").build();
    count(replies(1, 1), Strays.NONE);
    metrics.status(oneOff, status("Healthy", "False", "LossThresholdExceeded", AT));
    assertThat(counter("pingcheck_rounds_total")).isEqualTo(1);
    assertThat(text()).doesNotContain("pingcheck_check_condition{", "pingcheck_check_flapping{");
    assertThat(samples("pingcheck_checks")).isEmpty();
  }

  private static ObjectMeta meta(String uid) {
    return new ObjectMetaBuilder().withUid(uid).withNamespace("default").withName(uid).build();
  }

  @Test
  void jitterIsTheDifferenceOfNeighboursInARound() {
    List<Long> rtts = List.of(1_000_000L, 3_000_000L, 2_500_000L);
    count(new Replies(3, rtts, 0, OptionalInt.empty(), Optional.of(AT)), Strays.NONE);
    count(new Replies(1, List.of(9L), 0, OptionalInt.empty(), Optional.of(AT)), Strays.NONE);
    assertThat(counter("pingcheck_rtt_jitter_seconds_count")).isEqualTo(2);
    assertThat(counter("pingcheck_rtt_jitter_seconds_sum")).isEqualTo(0.0025);
  }

  @Test
  void ageOfAnOldAddressIsShownFromTheFirstOneOnAndIsZeroOnceItIsFresh() {
    metrics.round("uid-1", "default", "check", resolvedBy(Resolution.resolved()));
    assertThat(samples("pingcheck_resolution_age_seconds")).isEmpty();
    Resolution old = Resolution.stale("No answer.", Duration.ofSeconds(90));
    metrics.round("uid-1", "default", "check", resolvedBy(old));
    assertThat(counter("pingcheck_resolution_age_seconds")).isEqualTo(90);
    metrics.round("uid-1", "default", "check", resolvedBy(Resolution.resolved()));
    assertThat(counter("pingcheck_resolution_age_seconds")).isZero();
  }

  @Test
  void checksBeyondTheBoundAreCountedTogetherUntilAPlaceIsFree() {
    CheckMetrics bounded = new CheckMetrics(new SimpleMeterRegistry(), 1, 2);
    registry.clear();
    bounded.showIn(registry);
    for (String check : List.of("first", "second", "third")) {
      bounded.status(meta(check), status("Healthy", "False", "Lost", null));
      bounded.round(check, "default", check, report(replies(1, 1), Strays.NONE, Pacing.ON_TIME));
    }
    assertThat(counter("pingcheck_rounds_total", "first")).isEqualTo(1);
    assertThat(counter("pingcheck_rounds_total", "_others")).isEqualTo(2);
    assertThat(counter("pingcheck_checks_without_series")).isEqualTo(2);
    assertThat(counter("pingcheck_checks", "false")).isEqualTo(3);
    bounded.forget("first");
    bounded.round("third", "default", "third", report(replies(1, 1), Strays.NONE, Pacing.ON_TIME));
    assertThat(counter("pingcheck_rounds_total", "third")).isEqualTo(1);
    assertThat(counter("pingcheck_rounds_total", "_others")).isEqualTo(2);
    assertThat(counter("pingcheck_checks_without_series")).isEqualTo(1);
    assertThat(counter("pingcheck_checks", "false")).isEqualTo(2);
    bounded.forget("second");
    bounded.forget("third");
    assertThat(counter("pingcheck_checks_without_series")).isZero();
    assertThat(text()).doesNotContain("_others");
    assertThat(bounded.size()).isZero();
  }

  @Test
  void othersAreNotShownOnceEachCheckHasSeriesOfItsOwn() {
    CheckMetrics bounded = new CheckMetrics(new SimpleMeterRegistry(), 1, 0);
    registry.clear();
    bounded.showIn(registry);
    RoundReport round = report(replies(1, 1), Strays.NONE, Pacing.ON_TIME);
    bounded.round("first", "default", "first", round);
    bounded.round("second", "default", "second", round);
    assertThat(counter("pingcheck_rounds_total", "_others")).isEqualTo(1);
    bounded.forget("first");
    bounded.round("second", "default", "second", round);
    assertThat(text()).doesNotContain("_others").contains("name=\"second\"");
  }

  @Test
  void aHealthyCheckTakesLessThanThreeThousandOctetsOfThePage() {
    Map<String, String> states =
        Map.of(
            "Accepted",
            "True",
            "Resolved",
            "True",
            "Reachable",
            "True",
            "Healthy",
            "True",
            "OnSchedule",
            "True");
    PingCheckStatus healthy = new PingCheckStatus();
    healthy.setConditions(
        states.entrySet().stream()
            .map(state -> condition(state.getKey(), state.getValue(), "Reason"))
            .toList());
    for (String name : List.of("check-00001", "check-00002")) {
      RoundReport round = report(replies(1, 1), Strays.NONE, Pacing.ON_TIME);
      metrics.round(name, "default", name, round);
      metrics.status(meta(name), healthy);
    }
    int two = text().length();
    metrics.forget("check-00002");
    assertThat(two - text().length()).isBetween(2000, 3000);
  }

  private void stands(String type, String state) {
    metrics.status(CHECK, status(type, state, "Reason", null));
  }

  private static PingCheckStatus status(
      String type, String state, String reason, Instant flappingSince) {
    RecentTurns turns = new RecentTurns();
    turns.setFlappingSince(flappingSince);
    PingCheckStatus status = new PingCheckStatus();
    status.setConditions(List.of(condition(type, state, reason)));
    status.setTurns(List.of(turns));
    return status;
  }

  private static Condition condition(String type, String state, String reason) {
    return new ConditionBuilder().withType(type).withStatus(state).withReason(reason).build();
  }

  private static RoundReport resolvedBy(Resolution resolution) {
    RoundReport report = report(replies(1, 1), Strays.NONE, Pacing.ON_TIME);
    return new RoundReport(
        report.checkUid(),
        report.generation(),
        report.id(),
        report.startTime(),
        report.endTime(),
        resolution,
        report.addresses(),
        report.pacing());
  }

  private List<String> conditions() {
    return text().lines().filter(line -> line.startsWith("pingcheck_check_condition{")).toList();
  }

  @Test
  void whatCanBeRatedIsThereBeforeItsFirstCountAndTheRestIsNot() {
    stands("Healthy", "True");
    assertThat(counter("pingcheck_rounds_total")).isZero();
    assertThat(counter("pingcheck_echo_requests_total")).isZero();
    assertThat(counter("pingcheck_echo_replies_total")).isZero();
    assertThat(samples("pingcheck_echo_lost_total"))
        .extracting(sample -> sample.labelValues.getLast())
        .containsExactly("timeout");
    assertThat(samples("pingcheck_echo_untimed_total")).isEmpty();
    assertThat(samples("pingcheck_rounds_unresolved_total")).isEmpty();
  }

  private void countFrom(String node) {
    RoundReport report = report(replies(2, 1), Strays.NONE, Pacing.ON_TIME);
    metrics.round("uid-1", "default", "check", report);
    metrics.source("uid-1", "default", "check", node, report);
  }

  private static SourceStatus standing(String node, Boolean healthy) {
    SourceStatus source = new SourceStatus();
    source.setNode(node);
    source.setHealthy(healthy);
    return source;
  }

  @Test
  void aNodeHasSeriesOfItsOwnUntilItLeaves() {
    countFrom("node-1");
    countFrom("node-1");
    countFrom("node-2");
    metrics.sources("uid-1", List.of(standing("node-1", false), standing("node-2", null)));
    assertThat(counter("pingcheck_rounds_total")).isEqualTo(3);
    assertThat(counter("pingcheck_source_rounds_total", "node-1")).isEqualTo(2);
    assertThat(counter("pingcheck_source_echo_replies_total", "node-1")).isEqualTo(4);
    assertThat(counter("pingcheck_source_rtt_seconds_count", "node-1")).isEqualTo(2);
    assertThat(counter("pingcheck_source_rtt_seconds_sum", "node-1")).isEqualTo(0.002);
    assertThat(samples("pingcheck_source_healthy")).hasSize(1);
    assertThat(counter("pingcheck_source_healthy", "node-1")).isZero();
    metrics.sources("uid-1", List.of(standing("node-2", true)));
    assertThat(samples("pingcheck_source_rounds_total")).hasSize(1);
    assertThat(counter("pingcheck_source_healthy", "node-2")).isEqualTo(1);
    metrics.forget("uid-1");
    assertThat(samples("pingcheck_source_rounds_total")).isEmpty();
  }

  @Test
  void nodesBeyondTheBoundOfAllChecksAreCountedUntilAPlaceIsFree() {
    CheckMetrics bounded = new CheckMetrics(new SimpleMeterRegistry(), 2, 2);
    registry.clear();
    bounded.showIn(registry);
    RoundReport report = report(replies(1, 1), Strays.NONE, Pacing.ON_TIME);
    bounded.source("first", "default", "first", "node-1", report);
    bounded.source("second", "default", "second", "node-1", report);
    bounded.source("second", "default", "second", "node-2", report);
    assertThat(samples("pingcheck_source_rounds_total")).hasSize(2);
    assertThat(counter("pingcheck_sources_without_series")).isEqualTo(1);
    bounded.forget("first");
    bounded.source("second", "default", "second", "node-2", report);
    bounded.source("second", "default", "second", "node-3", report);
    assertThat(samples("pingcheck_source_rounds_total")).hasSize(2);
    assertThat(counter("pingcheck_sources_without_series")).isEqualTo(1);
    bounded.sources("second", List.of(standing("node-3", true)));
    bounded.source("second", "default", "second", "node-3", report);
    assertThat(counter("pingcheck_source_rounds_total", "node-3")).isEqualTo(1);
    assertThat(counter("pingcheck_sources_without_series")).isZero();
  }

  private List<Sample> samples(String name) {
    List<Sample> found = new java.util.ArrayList<>();
    for (MetricFamilySamples family : java.util.Collections.list(registry.metricFamilySamples())) {
      family.samples.stream().filter(sample -> sample.name.equals(name)).forEach(found::add);
    }
    return found;
  }

  private double counter(String name) {
    return samples(name).getFirst().value;
  }

  private double counter(String name, String lastLabel) {
    return samples(name).stream()
        .filter(sample -> sample.labelValues.getLast().equals(lastLabel))
        .findFirst()
        .orElseThrow()
        .value;
  }

  private String text() {
    StringWriter text = new StringWriter();
    try {
      TextFormat.write004(text, registry.metricFamilySamples());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return text.toString();
  }
}
