package dev.pingcheck.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.clock.FakeClock;
import dev.pingcheck.crd.OneOffMark;
import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.crd.PingCheckSpec;
import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.crd.ProbeSource;
import dev.pingcheck.crd.Thresholds;
import dev.pingcheck.link.LinkClient;
import dev.pingcheck.link.LinkClientLimits;
import dev.pingcheck.link.PlacedLink;
import dev.pingcheck.link.Placement;
import dev.pingcheck.link.PlanBook;
import dev.pingcheck.link.PlanListener;
import dev.pingcheck.plan.Expiry;
import dev.pingcheck.plan.Interruption;
import dev.pingcheck.plan.ProbePlan;
import dev.pingcheck.report.EventTeller;
import dev.pingcheck.report.Reporter;
import dev.pingcheck.report.Unsafe;
import dev.pingcheck.report.events.EventLife;
import dev.pingcheck.report.metrics.CheckMetrics;
import dev.pingcheck.report.metrics.NamespaceMetrics;
import dev.pingcheck.report.status.Patience;
import dev.pingcheck.report.status.WriteBudget;
import dev.pingcheck.report.status.WriteGate;
import dev.pingcheck.report.status.WriteOutcome;
import dev.pingcheck.stats.AddressRound;
import dev.pingcheck.stats.LossReason;
import dev.pingcheck.stats.Pacing;
import dev.pingcheck.stats.Replies;
import dev.pingcheck.stats.Resolution;
import dev.pingcheck.stats.RoundId;
import dev.pingcheck.stats.RoundReport;
import dev.pingcheck.stats.Setback;
import dev.pingcheck.stats.SetbackCause;
import dev.pingcheck.stats.Strays;
import dev.pingcheck.verdict.Judge;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckKeeperTest {
  private final FakeClock clock = new FakeClock();
  private final PlanBook plans = new PlanBook();
  private final PolicyBook policies = new PolicyBook();
  private final ReportInbox inbox = new ReportInbox();
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final List<String> events = new ArrayList<>();
  private final List<String> safe = new ArrayList<>();
  private final Leadership leadership = new Leadership(clock);
  private final PingCheck check = check("uid-1");
  private final WriteBudget budget = new WriteBudget(30);
  private Runnable duringWrite = () -> {};
  private Optional<PingCheck> overtakenBy = Optional.empty();
  private final CheckKeeper keeper = keeper(leadership);

  private CheckKeeper keeper(Leadership lead) {
    return new CheckKeeper(
        new Governor(
            policies,
            namespace -> Stream.empty(),
            (namespace, name) -> {},
            new NamespaceMetrics(meters),
            nodes -> plans.nodes().matching(nodes).size(),
            clock),
        plans,
        inbox,
        new Reporter(
            (of, status, version) -> {
              duringWrite.run();
              if (overtakenBy.isPresent()) {
                PingCheck now = overtakenBy.get();
                overtakenBy = Optional.empty();
                return new WriteOutcome.Overtaken(now);
              }
              of.setStatus(status);
              return new WriteOutcome.Written(version + "'");
            },
            new EventTeller(
                (of, crossing) -> events.add(crossing.getReason()),
                new EventLife(Duration.ofHours(1)),
                clock),
            new CheckMetrics(meters),
            budget,
            new WriteGate(
                budget, new WriteGate.Limits(200, 8, 4), new Patience(clock), clock, new Random(1)),
            (namespace, name) -> {},
            clock),
        lead,
        clock);
  }

  @BeforeEach
  void lead() {
    leadership.resumed(clock.nanoTime() + Duration.ofDays(1).toNanos());
  }

  @BeforeEach
  void namespaceIsKnown() {
    policies.label("ns", Map.of());
  }

  private static PingCheck check(String uid) {
    PingCheck check = new PingCheck();
    check.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("ns")
            .withName("gw")
            .withUid(uid)
            .withGeneration(1L)
            .build());
    PingCheckSpec spec = new PingCheckSpec();
    spec.setHostname("192.0.2.1");
    spec.setPeriod("30s");
    check.setSpec(spec);
    return check;
  }

  private void report(int number, long generation) {
    report(number, generation, Pacing.ON_TIME);
  }

  private void report(int number, long generation, Pacing pacing) {
    Replies replies =
        new Replies(1, List.of(1_000L), 1, OptionalInt.of(64), Optional.of(clock.now()));
    put(
        number,
        generation,
        pacing,
        new AddressRound("192.0.2.1", 1, replies, Map.of(), Strays.NONE, Optional.empty()));
  }

  private void reportLoss(int number) {
    Replies none = new Replies(0, List.of(), 0, OptionalInt.empty(), Optional.empty());
    put(
        number,
        1,
        Pacing.ON_TIME,
        new AddressRound(
            "192.0.2.1",
            1,
            none,
            Map.of(LossReason.TIMEOUT, 1),
            Strays.NONE,
            Optional.of(clock.now())));
  }

  private void put(int number, long generation, Pacing pacing, AddressRound round) {
    inbox.put(
        new ReportInbox.Delivery(
            new RoundReport(
                "uid-1",
                generation,
                new RoundId("0123abcd", number),
                clock.now(),
                clock.now(),
                Resolution.literal(),
                List.of(round),
                pacing),
            () -> safe.add(number + "")));
  }

  private String healthy() {
    return check.getStatus().getConditions().stream()
        .filter(c -> c.getType().equals("Healthy"))
        .map(Condition::getReason)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aNewCheckIsPlannedAndPending() {
    keeper.keep(check);
    assertThat(plans.size()).isEqualTo(1);
    assertThat(healthy()).isEqualTo("Pending");
    assertThat(check.getStatus().getPeriod()).isEqualTo("30s");
  }

  @Test
  void silenceIsThreePeriodsAndARoundLong() {
    // 3 x 30 s, three pauses of 1 s and a timeout of 2 s.
    assertThat(keeper.keep(check)).contains(Duration.ofSeconds(95));
    clock.advance(Duration.ofSeconds(94));
    keeper.keep(check);
    assertThat(healthy()).isEqualTo("Pending");
    clock.advance(Duration.ofSeconds(1));
    keeper.keep(check);
    assertThat(healthy()).isEqualTo("ProbeSilent");
    clock.advance(Duration.ofSeconds(95));
    keeper.keep(check);
    assertThat(events).containsExactly("ProbeSilent");
  }

  @Test
  void aReportEndsSilenceAndStartsPatienceAnew() {
    keeper.keep(check);
    clock.advance(Duration.ofSeconds(95));
    keeper.keep(check);
    report(1, 1);
    assertThat(keeper.keep(check)).contains(Duration.ofSeconds(95));
    assertThat(healthy()).isEqualTo("WithinThresholds");
    assertThat(safe).containsExactly("1");
  }

  @Test
  void aProbeThatABudgetSlowsDownIsNotCalledSilent() {
    keeper.keep(check);
    long delay = Duration.ofSeconds(100).toNanos();
    Setback setback = new Setback(9, delay, 3);
    report(1, 1, new Pacing(delay, Map.of(SetbackCause.ADDRESS_BUDGET, setback)));
    // Three periods of 30 s that take 100 s more each, and a round of 5 s.
    assertThat(keeper.keep(check)).contains(Duration.ofSeconds(395));
    report(2, 1);
    assertThat(keeper.keep(check)).contains(Duration.ofSeconds(95));
  }

  @Test
  void aShorterPeriodIsNotCalledSilentForTheTimeBefore() {
    check.getSpec().setPeriod("1h");
    keeper.keep(check);
    clock.advance(Duration.ofMinutes(30));
    check.getSpec().setPeriod("30s");
    assertThat(keeper.keep(check)).contains(Duration.ofSeconds(95));
    assertThat(healthy()).isEqualTo("Pending");
  }

  @Test
  void shortRoundsAreNotCalledSilentWhileTheLinkComesBack() {
    check.getSpec().setPeriod("1s");
    check.getSpec().setInterval("50ms");
    assertThat(keeper.keep(check)).contains(Duration.ofSeconds(15));
  }

  @Test
  void aRoundOfAnOlderSpecIsNotJudged() {
    check.getMetadata().setGeneration(2L);
    report(1, 1);
    keeper.keep(check);
    assertThat(healthy()).isEqualTo("Pending");
    assertThat(safe).containsExactly("1");
  }

  @Test
  void aRoundUnderWayCountsWhenOnlyThresholdsChanged() {
    keeper.keep(check);
    check.getMetadata().setGeneration(2L);
    Thresholds thresholds = new Thresholds();
    thresholds.setLossPercent(50);
    check.getSpec().setThresholds(thresholds);
    report(1, 1);
    keeper.keep(check);
    assertThat(healthy()).isEqualTo("WithinThresholds");
  }

  @Test
  void aHostThatIsPingedAgainIsNotJudgedByARoundOfBefore() {
    keeper.keep(check);
    check.getMetadata().setGeneration(2L);
    check.getSpec().setHostname("192.0.2.9");
    keeper.keep(check);
    check.getMetadata().setGeneration(3L);
    check.getSpec().setHostname("192.0.2.1");
    report(1, 1);
    report(2, 2);
    keeper.keep(check);
    assertThat(healthy()).isEqualTo("Pending");
    assertThat(safe).containsExactly("1", "2");
  }

  @Test
  void anotherHostStartsAnewAndTheCaseOfItsNameIsNoOther() {
    check.getSpec().setHostname("gw.example.com");
    keeper.keep(check);
    report(1, 1);
    keeper.keep(check);
    check.getMetadata().setGeneration(2L);
    check.getSpec().setHostname("GW.example.com");
    keeper.keep(check);
    assertThat(healthy()).isEqualTo("WithinThresholds");
    check.getMetadata().setGeneration(3L);
    check.getSpec().setHostname("gw2.example.com");
    keeper.keep(check);
    assertThat(healthy()).isEqualTo("Pending");
    assertThat(check.getStatus().getAddress()).isNull();
    assertThat(check.getStatus().getTarget()).isEqualTo("gw2.example.com, ANY, FIRST");
  }

  @Test
  void aSuspendedCheckHasNoPlanAndIsNeverSilent() {
    keeper.keep(check);
    check.getSpec().setSuspend(true);
    report(1, 1);
    assertThat(keeper.keep(check)).isEmpty();
    assertThat(plans.size()).isZero();
    assertThat(healthy()).isEqualTo("Suspended");
    assertThat(safe).containsExactly("1");
  }

  @Test
  void aCheckOfAKilledRunIsPingedUntilItExpires() {
    check.getMetadata().setLabels(Map.of(OneOffMark.LABEL, "true"));
    String end = clock.now().plusSeconds(60).toString();
    check.getMetadata().setAnnotations(Map.of(OneOffMark.EXPIRES, end));
    assertThat(keeper.keep(check)).as("of silence").contains(Duration.ofSeconds(95));
    clock.advance(Expiry.GRACE);
    report(1, 1);
    assertThat(keeper.keep(check)).as("of its end").contains(Duration.ofSeconds(60));
    assertThat(healthy()).isEqualTo("WithinThresholds");
    clock.advance(Duration.ofSeconds(60));
    assertThat(keeper.keep(check)).isEmpty();
    assertThat(plans.size()).isZero();
    assertThat(healthy()).isEqualTo("NotAccepted");
    assertThat(events).isEmpty();
  }

  @Test
  void whoStandsByEndsACheckOfAKilledRunToo() {
    check.getMetadata().setLabels(Map.of(OneOffMark.LABEL, "true"));
    String end = clock.now().plusSeconds(60).toString();
    check.getMetadata().setAnnotations(Map.of(OneOffMark.EXPIRES, end));
    leadership.lost();
    assertThat(keeper.keep(check)).contains(Expiry.GRACE.plusSeconds(60));
    clock.advance(Expiry.GRACE.plusSeconds(60));
    keeper.keep(check);
    assertThat(plans.size()).isZero();
  }

  @Test
  void aDeletedCheckLeavesNothing() {
    keeper.keep(check);
    report(1, 1);
    keeper.forget("uid-1");
    assertThat(plans.size()).isZero();
    assertThat(meters.scrape()).doesNotContain("ns\"");
    assertThat(safe).containsExactly("1");
  }

  @Test
  void aCheckDeletedDuringItsTurnLeavesNothingEither() {
    duringWrite = () -> keeper.forget("uid-1");
    keeper.keep(check);
    assertThat(plans.size()).isZero();
    assertThat(meters.scrape()).doesNotContain("ns\"");
  }

  @Test
  void aTurnThatWasQueuedBeforeTheDeletionLeavesNothing() {
    keeper.keep(check);
    keeper.forget("uid-1");
    keeper.keep(check);
    assertThat(plans.size()).isZero();
    assertThat(meters.scrape()).doesNotContain("ns\"");
  }

  @Test
  void aCheckMadeAnewUnderItsNameReplacesTheOldOne() {
    keeper.keep(check);
    keeper.keep(check("uid-2"));
    assertThat(plans.find("uid-1")).isEmpty();
    assertThat(plans.find("uid-2")).isPresent();
  }

  @Test
  void aRefusedSpecHasNoPlan() {
    keeper.keep(check);
    check.getSpec().setHostname("http://gw");
    keeper.keep(check);
    assertThat(plans.size()).isZero();
    assertThat(healthy()).isEqualTo("NotAccepted");
  }

  @Test
  void aStandbyPlansAndTellsNothing() {
    leadership.lost();
    report(1, 1);
    assertThat(keeper.keep(check)).isEmpty();
    assertThat(plans.size()).isEqualTo(1);
    assertThat(check.getStatus()).isNull();
    assertThat(meters.scrape()).as("series of the check").doesNotContain("gw");
    assertThat(safe).as("what the leader's probe sees is not lost with it").containsExactly("1");
  }

  @Test
  void whoTakesOverBuildsOnWhatIsStoredAndNotOnItsOwnMemory() {
    keeper.keep(check);
    leadership.lost();
    keeper.keep(check);
    PingCheckStatus byTheOther = Judge.confirmed(check.getStatus());
    byTheOther.setConsecutiveFailures(7);
    check.setStatus(byTheOther);
    leadership.won(clock.nanoTime() + 1);
    keeper.keep(check);
    assertThat(check.getStatus().getConsecutiveFailures()).isEqualTo(7);
  }

  @Test
  void aRoundThatBeganUnderAnotherLeadIsNotJudged() {
    keeper.keep(check);
    leadership.lost();
    keeper.keep(check);
    clock.advance(Duration.ofSeconds(1));
    leadership.won(clock.nanoTime() + 1);
    clock.stepWallClock(Duration.ofNanos(-1));
    report(1, 1);
    keeper.keep(check);
    assertThat(healthy()).isEqualTo("Pending");
    assertThat(safe).containsExactly("1");
  }

  @Test
  void aRoundThatAProbeOnTheNetworkKeptForTheNextLeaderIsJudgedWhateverItsClockSays() {
    leadership.lost();
    keeper.keep(check);
    clock.advance(Duration.ofMinutes(1));
    leadership.won(clock.nanoTime() + 1);
    clock.stepWallClock(Duration.ofSeconds(-20));
    reportFrom("", 1, 0);
    keeper.keep(check);
    assertThat(healthy()).isEqualTo("LossThresholdExceeded");
    assertThat(safe).containsExactly("1");
  }

  @Test
  void whoLosesTheLeadLeavesWhatTheNetworkHasNotSafeToTheNextLeader() {
    keeper.keep(check);
    clock.advance(Duration.ofDays(1));
    reportFrom("", 1, 0);
    keeper.keep(check);
    reportFrom("", 2, 0);
    leadership.lost();
    assertThat(keeper.keep(check)).isEmpty();
    assertThat(safe).isEmpty();
    assertThat(inbox.size()).isZero();
  }

  @Test
  void whoTakesTheLeadAnewJudgesOnceMoreWhatTheNetworkHasNotSafe() {
    keeper.keep(check);
    clock.advance(Duration.ofDays(1));
    reportFrom("", 1, 0);
    keeper.keep(check);
    assertThat(healthy()).isEqualTo("Pending");
    leadership.won(clock.nanoTime() + Duration.ofDays(1).toNanos());
    keeper.keep(check);
    assertThat(healthy()).isEqualTo("LossThresholdExceeded");
    assertThat(safe).containsExactly("1");
  }

  @Test
  void aReportThatComesBeforeItIsClearWhoLeadsWaitsForThat() {
    Leadership unclear = new Leadership(clock);
    CheckKeeper early = keeper(unclear);
    report(1, 1);
    early.keep(check);
    assertThat(safe).isEmpty();
    unclear.resumed(clock.nanoTime() + 1);
    early.keep(check);
    assertThat(safe).containsExactly("1");
    assertThat(healthy()).isEqualTo("WithinThresholds");
  }

  @Test
  void withAnUncertainLeadRoundsAreJudgedAndNothingIsWritten() {
    keeper.keep(check);
    clock.advance(Duration.ofDays(1));
    reportLoss(1);
    keeper.keep(check);
    assertThat(healthy()).isEqualTo("Pending");
    assertThat(safe).isEmpty();
    assertThat(rounds()).isEqualTo(1);
    lead();
    keeper.keep(check);
    assertThat(healthy()).isEqualTo("LossThresholdExceeded");
    assertThat(safe).containsExactly("1");
  }

  @Test
  void whileNothingCanBeWrittenNobodyIsSilentAndPatienceBeginsAnewAfterwards() {
    keeper.keep(check);
    clock.advance(Duration.ofDays(1));
    assertThat(keeper.keep(check)).isEmpty();
    lead();
    assertThat(keeper.keep(check)).contains(Duration.ofSeconds(95));
    assertThat(healthy()).isEqualTo("Pending");
    clock.advance(Duration.ofSeconds(95));
    keeper.keep(check);
    assertThat(healthy()).isEqualTo("ProbeSilent");
  }

  @Test
  void whoTakesOverFindsACheckSilentThatNobodyReports() {
    leadership.lost();
    keeper.keep(check);
    clock.advance(Duration.ofHours(1));
    leadership.won(clock.nanoTime() + Duration.ofDays(1).toNanos());
    assertThat(keeper.keep(check)).contains(Duration.ofSeconds(95));
    clock.advance(Duration.ofSeconds(95));
    keeper.keep(check);
    assertThat(healthy()).isEqualTo("ProbeSilent");
  }

  @Test
  void aRoundThatIsOvertakenIsJudgedAgainFromWhatIsStoredAndCountedOnce() {
    keeper.keep(check);
    PingCheck now = check("uid-1");
    now.setStatus(Judge.confirmed(check.getStatus()));
    now.getStatus().setConsecutiveFailures(4);
    overtakenBy = Optional.of(now);
    reportLoss(1);
    keeper.keep(check);
    assertThat(now.getStatus().getConsecutiveFailures()).isEqualTo(5);
    assertThat(safe).containsExactly("1");
    assertThat(rounds()).isEqualTo(1);
  }

  private double rounds() {
    return meters
        .getPrometheusRegistry()
        .getSampleValue(
            "pingcheck_rounds_total",
            new String[] {"namespace", "name"},
            new String[] {"ns", "gw"});
  }

  private void fromNodes() {
    ProbeSource from = new ProbeSource();
    from.setNodeSelector(Map.of("zone", "a"));
    check.getSpec().setFrom(from);
  }

  private void reportFrom(String node, int number, int received) {
    reportFrom(node, "probe" + node, number, received);
  }

  private void reportFrom(String node, String probe, int number, int received) {
    Replies replies =
        received == 0
            ? new Replies(0, List.of(), 0, OptionalInt.empty(), Optional.empty())
            : new Replies(1, List.of(1_000L), 1, OptionalInt.of(64), Optional.of(clock.now()));
    Map<LossReason, Integer> lost = received == 0 ? Map.of(LossReason.TIMEOUT, 1) : Map.of();
    inbox.put(
        new ReportInbox.Delivery(
            new Unsafe(
                new RoundReport(
                    "uid-1",
                    1,
                    new RoundId(probe, number),
                    clock.now(),
                    clock.now(),
                    Resolution.literal(),
                    List.of(
                        new AddressRound(
                            "192.0.2.1", 1, replies, lost, Strays.NONE, Optional.empty())),
                    Pacing.ON_TIME),
                () -> safe.add(node + number),
                node,
                true),
            false));
  }

  private List<String> sources() {
    return check.getStatus().getSources().stream()
        .map(source -> source.getNode() + "/" + source.getReason())
        .toList();
  }

  @Test
  void aCheckOfNodesThatDoNotExistSaysSoAtOnce() {
    fromNodes();
    List<String> asked = new ArrayList<>();
    plans.nodes().whenNeeded(() -> asked.add("nodes"));
    assertThat(keeper.keep(check)).contains(Duration.ofSeconds(15));
    assertThat(asked).as("the nodes are watched from now on").containsExactly("nodes");
    assertThat(healthy()).isEqualTo("Pending");
    plans.nodes().complete();
    keeper.keep(check);
    assertThat(healthy()).isEqualTo("NoProbe");
    assertThat(message()).isEqualTo("No node bears the labels zone=a.");
    assertThat(events).isEmpty();
  }

  @Test
  void nodesWithoutAProbeAreNamedOnceProbesHadTimeToConnect() {
    fromNodes();
    plans.nodes().label("node-1", Map.of("zone", "a"));
    plans.nodes().label("node-2", Map.of("zone", "b"));
    plans.nodes().complete();
    assertThat(keeper.keep(check)).contains(Duration.ofSeconds(15));
    assertThat(healthy()).isEqualTo("Pending");
    clock.advance(Duration.ofSeconds(15));
    keeper.keep(check);
    assertThat(healthy()).isEqualTo("NoProbe");
    assertThat(message())
        .isEqualTo(
            "No probe runs on a node with labels zone=a (node-1): see the pods of the DaemonSet of"
                + " probes.");
    reportFrom("node-1", 1, 1);
    keeper.keep(check);
    assertThat(healthy()).isEqualTo("WithinThresholds");
  }

  @Test
  void nodesThatMayNotBeReadAreToldOfAfterAWhile() {
    fromNodes();
    keeper.keep(check);
    clock.advance(Duration.ofSeconds(15));
    keeper.keep(check);
    assertThat(message()).startsWith("The labels of the nodes are not known");
  }

  @Test
  void aNodeIsSilentAfterThreePeriodsAndLeavesWhenItIsGone() {
    fromNodes();
    plans.nodes().label("node-1", Map.of("zone", "a"));
    plans.nodes().label("node-2", Map.of("zone", "a"));
    plans.nodes().complete();
    keeper.keep(check);
    reportFrom("node-1", 1, 1);
    reportFrom("node-2", 1, 1);
    assertThat(keeper.keep(check)).contains(Duration.ofSeconds(95));
    assertThat(sources()).containsExactly("node-1/null", "node-2/null");
    clock.advance(Duration.ofSeconds(60));
    reportFrom("node-1", 2, 1);
    assertThat(keeper.keep(check)).contains(Duration.ofSeconds(35));
    clock.advance(Duration.ofSeconds(35));
    keeper.keep(check);
    assertThat(sources()).containsExactly("node-2/ProbeSilent", "node-1/null");
    assertThat(healthy()).isEqualTo("SomeProbesSilent");
    assertThat(events).containsExactly("ProbeSilent");
    assertThat(meters.scrape())
        .contains(
            "pingcheck_source_rounds_total{namespace=\"ns\",name=\"gw\",node=\"node-2\",} 1.0");
    plans.nodes().forget("node-2");
    keeper.keep(check);
    assertThat(sources()).containsExactly("node-1/null");
    assertThat(healthy()).isEqualTo("WithinThresholds");
    assertThat(events).containsExactly("ProbeSilent");
    assertThat(meters.scrape()).doesNotContain("node-2").contains("node=\"node-1\"");
    keeper.forget("uid-1");
    assertThat(keeper.remembered()).isZero();
    assertThat(meters.scrape()).doesNotContain("node-1");
  }

  @Test
  void aRestartJudgesOnWhereItWasFromEachNode() {
    fromNodes();
    plans.nodes().label("node-1", Map.of("zone", "a"));
    plans.nodes().label("node-2", Map.of("zone", "a"));
    plans.nodes().complete();
    keeper.keep(check);
    reportFrom("node-1", 1, 0);
    reportFrom("node-2", 1, 1);
    keeper.keep(check);
    assertThat(events).containsExactly("LossThresholdExceeded");
    clock.advance(Duration.ofSeconds(30));
    CheckKeeper next = keeper(leadership);
    reportFrom("node-1", 1, 0);
    reportFrom("node-2", 2, 1);
    next.keep(check);
    assertThat(healthy()).isEqualTo("LossThresholdExceeded");
    assertThat(events).as("said again under the same name").containsOnly("LossThresholdExceeded");
    int said = events.size();
    reportFrom("node-1", 2, 1);
    next.keep(check);
    assertThat(events.subList(said, events.size())).containsExactly("LossRecovered");
    assertThat(healthy()).isEqualTo("WithinThresholds");
  }

  private void aSuccessorWhoseClockIsBehindIsHeardOnceThePredecessorIsSilent(String node) {
    keeper.keep(check);
    clock.stepWallClock(Duration.ofHours(1));
    reportFrom(node, "fast", 1, 1);
    keeper.keep(check);
    clock.stepWallClock(Duration.ofHours(-1));
    for (int round = 1; round <= 3; round++) {
      clock.advance(Duration.ofSeconds(30));
      reportFrom(node, "right", round, 0);
      keeper.keep(check);
      assertThat(healthy()).isEqualTo("WithinThresholds");
    }
    clock.advance(Duration.ofSeconds(5));
    keeper.keep(check);
    assertThat(healthy()).isEqualTo("ProbeSilent");
    reportFrom(node, "right", 4, 0);
    keeper.keep(check);
    assertThat(healthy()).isEqualTo("LossThresholdExceeded");
  }

  /** A central probe has been there once. */
  private void shareChecks(Path folder) throws Exception {
    try (PlacedLink link = new PlacedLink(folder, plans, (f, r, s) -> {}, clock, Duration.ZERO)) {
      Path socket = link.socket(new Placement.Central("probe-x"));
      LinkClientLimits limits = LinkClientLimits.defaults();
      try (LinkClient probe = new LinkClient(socket, "fast", new Idle(), Clock.system(), limits)) {
        probe.start();
        Awaitility.await().until(plans::isShared);
      }
    }
  }

  /** Has nothing to ping. */
  private static final class Idle implements PlanListener {
    @Override
    public void snapshot(Collection<ProbePlan> all, Optional<Interruption> missed) {}

    @Override
    public void put(ProbePlan plan) {}

    @Override
    public void removed(String uid) {}
  }

  @Test
  void aCentralProbeWhoseClockIsBehindFreezesNoStatus(@TempDir Path folder) throws Exception {
    shareChecks(folder);
    aSuccessorWhoseClockIsBehindIsHeardOnceThePredecessorIsSilent("");
  }

  @Test
  void aProbeOfANodeWhoseClockIsBehindFreezesNoStatus() {
    fromNodes();
    plans.nodes().label("node-1", Map.of("zone", "a"));
    plans.nodes().complete();
    aSuccessorWhoseClockIsBehindIsHeardOnceThePredecessorIsSilent("node-1");
  }

  @Test
  void anotherNodeSelectorIsAnotherCheck() {
    fromNodes();
    plans.nodes().label("node-1", Map.of("zone", "a", "disk", "ssd"));
    plans.nodes().complete();
    reportFrom("node-1", 1, 0);
    keeper.keep(check);
    assertThat(healthy()).isEqualTo("LossThresholdExceeded");
    check.getSpec().getFrom().setNodeSelector(Map.of("disk", "ssd"));
    check.getMetadata().setGeneration(2L);
    keeper.keep(check);
    assertThat(healthy()).isEqualTo("Pending");
    assertThat(check.getStatus().getSources()).isEmpty();
    assertThat(check.getStatus().getTarget()).endsWith(", from disk=ssd");
  }

  private String message() {
    return check.getStatus().getConditions().stream()
        .filter(c -> c.getType().equals("Healthy"))
        .map(Condition::getMessage)
        .findFirst()
        .orElseThrow();
  }
}
