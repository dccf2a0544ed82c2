package dev.pingcheck.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.clock.FakeClock;
import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.crd.PingCheckSpec;
import dev.pingcheck.link.PlanBook;
import dev.pingcheck.report.Reporter;
import dev.pingcheck.report.metrics.CheckMetrics;
import dev.pingcheck.report.status.WriteBudget;
import dev.pingcheck.stats.AddressRound;
import dev.pingcheck.stats.Resolution;
import dev.pingcheck.stats.RoundId;
import dev.pingcheck.stats.RoundReport;
import dev.pingcheck.stats.Strays;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CheckKeeperTest {
  private final FakeClock clock = new FakeClock();
  private final PlanBook plans = new PlanBook();
  private final ReportInbox inbox = new ReportInbox();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<String> events = new ArrayList<>();
  private final List<String> safe = new ArrayList<>();
  private final PingCheck check = check("uid-1");
  private Runnable duringWrite = () -> {};
  private final CheckKeeper keeper =
      new CheckKeeper(
          plans,
          inbox,
          new Reporter(
              (of, status) -> {
                duringWrite.run();
                of.setStatus(status);
                return true;
              },
              (of, crossing) -> events.add(crossing.getReason()),
              new CheckMetrics(meters),
              new WriteBudget(30),
              clock,
              new Random(1)),
          clock);

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
    AddressRound round =
        new AddressRound(
            "192.0.2.1",
            1,
            List.of(1_000L),
            Map.of(),
            Strays.NONE,
            Optional.empty(),
            Optional.of(clock.now()));
    inbox.put(
        new ReportInbox.Delivery(
            new RoundReport(
                "uid-1",
                generation,
                new RoundId("0123abcd", number),
                clock.now(),
                clock.now(),
                Resolution.literal(),
                List.of(round)),
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
    check.getSpec().setInterval("10ms");
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
  void aDeletedCheckLeavesNothing() {
    keeper.keep(check);
    report(1, 1);
    keeper.forget("uid-1");
    assertThat(plans.size()).isZero();
    assertThat(meters.getMeters()).isEmpty();
    assertThat(safe).containsExactly("1");
  }

  @Test
  void aCheckDeletedDuringItsTurnLeavesNothingEither() {
    duringWrite = () -> keeper.forget("uid-1");
    keeper.keep(check);
    assertThat(plans.size()).isZero();
    assertThat(meters.getMeters()).isEmpty();
  }

  @Test
  void aTurnThatWasQueuedBeforeTheDeletionLeavesNothing() {
    keeper.keep(check);
    keeper.forget("uid-1");
    keeper.keep(check);
    assertThat(plans.size()).isZero();
    assertThat(meters.getMeters()).isEmpty();
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
}
