package dev.pingcheck.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pingcheck.clock.FakeClock;
import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.crd.UnconfirmedEvent;
import dev.pingcheck.report.events.EventLife;
import dev.pingcheck.report.metrics.CheckMetrics;
import dev.pingcheck.report.status.Patience;
import dev.pingcheck.report.status.WriteBudget;
import dev.pingcheck.report.status.WriteGate;
import dev.pingcheck.report.status.WriteOutcome;
import dev.pingcheck.stats.RoundReport;
import dev.pingcheck.verdict.Crossings;
import dev.pingcheck.verdict.Judge;
import dev.pingcheck.verdict.Verdict;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ReporterTest {
  private static final RandomGenerator AT_95_PERCENT = () -> 0xF333_3333_3333_3333L;

  private static final String[] STORED_SAFE_SAID = {
    "status with 1 crossings", "safe", "event LossThresholdExceeded"
  };

  private final List<String> told = new ArrayList<>();
  private final FakeClock clock = new FakeClock();
  private final WriteBudget budget = new WriteBudget(1);
  private final PingCheck check = check();
  private boolean apiServerDown;
  private boolean eventsDown;
  private boolean checkGone;
  private Optional<PingCheck> overtakenBy = Optional.empty();
  private Reporter reporter = reporter();

  private static PingCheck check() {
    PingCheck check = new PingCheck();
    check.setMetadata(
        new ObjectMetaBuilder().withNamespace("ns").withName("gw").withUid("uid-1").build());
    return check;
  }

  private Reporter reporter() {
    return new Reporter(
        (of, status, version) -> {
          failIf(apiServerDown);
          if (overtakenBy.isPresent()) {
            return new WriteOutcome.Overtaken(overtakenBy.get());
          }
          check.setStatus(status);
          told.add("status with " + status.getUnconfirmedEvents().size() + " crossings");
          return checkGone ? new WriteOutcome.Gone() : new WriteOutcome.Written(version + "'");
        },
        new EventTeller(
            (of, crossing) -> {
              failIf(eventsDown);
              told.add("event " + crossing.getReason());
            },
            new EventLife(Duration.ofHours(1)),
            clock),
        new CheckMetrics(new SimpleMeterRegistry()),
        budget,
        new WriteGate(
            budget, new WriteGate.Limits(1, 1, 1), new Patience(clock), clock, AT_95_PERCENT),
        (namespace, name) -> {},
        clock);
  }

  private static void failIf(boolean down) {
    if (down) {
      throw new IllegalStateException("down");
    }
  }

  private void takeCrossing() {
    PingCheckStatus before = reporter.status(check);
    reporter.take(check, Crossings.loss(before, 1), Crossings.report(1), () -> told.add("safe"));
  }

  private void takeFigures(int round) {
    PingCheckStatus before = reporter.status(check);
    reporter.take(
        check, Crossings.figures(before, round), Crossings.report(round), () -> told.add("safe"));
  }

  private void assertPublishingFails() {
    assertThatThrownBy(() -> reporter.publish(check)).hasMessage("down");
  }

  /** A crossing, which the API server takes in a status and not as an event. */
  private void storeWhatCannotBeSaid() {
    eventsDown = true;
    takeCrossing();
    assertPublishingFails();
    eventsDown = false;
  }

  /** So many checks of a round a second share the budget, this one among them. */
  private void admit(int checks) {
    for (int i = 1; i <= checks; i++) {
      reporter.admit("uid-" + i, Duration.ofSeconds(1), false);
    }
  }

  @Test
  void aCrossingIsStoredThenSafeThenSaid() {
    takeCrossing();
    reporter.publish(check);
    assertThat(told).containsExactly(STORED_SAFE_SAID);
  }

  @Test
  void nothingIsSaidOrSafeBeforeItIsStored() {
    apiServerDown = true;
    takeCrossing();
    assertPublishingFails();
    assertThat(told).isEmpty();
    apiServerDown = false;
    reporter.publish(check);
    assertThat(told).containsExactly(STORED_SAFE_SAID);
  }

  @Test
  void eventsThatCannotBeWrittenHoldNeitherReportsNorFiguresBack() {
    eventsDown = true;
    takeCrossing();
    assertPublishingFails();
    takeFigures(2);
    assertPublishingFails();
    assertThat(told).filteredOn("safe"::equals).hasSize(2);
    assertThat(check.getStatus().getLastRound().getId()).endsWith("-2");
    assertThat(check.getStatus().getUnconfirmedEvents()).hasSize(2);
  }

  @Test
  void anEventThatFailsIsSaidAgainWithoutAnotherStatus() {
    storeWhatCannotBeSaid();
    reporter.publish(check);
    assertThat(told).containsExactly(STORED_SAFE_SAID);
  }

  @Test
  void whoWatchesSeesAnEventOnceTheApiServerHasIt() {
    List<String> seen = new ArrayList<>();
    reporter.show(
        new CheckWatch() {
          @Override
          public void round(RoundReport report) {}

          @Override
          public void event(String uid, UnconfirmedEvent said) {
            seen.add(uid + " " + said.getReason());
          }

          @Override
          public void forget(String uid) {
            seen.add(uid + " is gone");
          }
        });
    eventsDown = true;
    takeCrossing();
    assertThatThrownBy(() -> reporter.publish(check)).hasMessage("down");
    assertThat(seen).isEmpty();
    eventsDown = false;
    reporter.publish(check);
    assertThat(seen).containsExactly("uid-1 LossThresholdExceeded");
    reporter.bury("uid-1");
    assertThat(seen).last().isEqualTo("uid-1 is gone");
  }

  @Test
  void whoeverStartsAfterACrashSaysTheStoredCrossingsAgain() {
    storeWhatCannotBeSaid();
    reporter = reporter();
    reporter.publish(check);
    assertThat(told).containsExactly(STORED_SAFE_SAID);
  }

  @Test
  void figuresWithinTheBudgetAreWrittenAfterEachRound() {
    admit(1);
    takeFigures(1);
    reporter.publish(check);
    takeFigures(2);
    reporter.publish(check);
    assertThat(told).filteredOn(t -> t.startsWith("status")).hasSize(2);
  }

  @Test
  void figuresBeyondTheBudgetWaitAndTheLatestWins() {
    admit(10);
    for (int round = 1; round <= 9; round++) {
      clock.advance(Duration.ofSeconds(1));
      takeFigures(round);
      reporter.publish(check);
    }
    assertThat(told).filteredOn(t -> t.startsWith("status")).hasSize(1);
    assertThat(told).filteredOn("safe"::equals).as("figures hold no report back").hasSize(9);
    clock.advance(Duration.ofSeconds(3));
    takeFigures(10);
    reporter.publish(check);
    assertThat(check.getStatus().getLastRound().getId()).endsWith("-10");
  }

  @Test
  void aCrossingNeverWaitsForTheBudget() {
    admit(10);
    takeFigures(1);
    reporter.publish(check);
    PingCheckStatus before = reporter.status(check);
    reporter.take(check, Crossings.loss(before, 2), Crossings.report(2), () -> {});
    reporter.publish(check);
    assertThat(told).contains("event LossThresholdExceeded");
  }

  @Test
  void aCheckThatIsGoneHoldsNoReportBack() {
    checkGone = true;
    takeCrossing();
    reporter.publish(check);
    assertThat(told).containsExactly("status with 1 crossings", "safe");
  }

  @Test
  void whatWasSaidLeavesTheStatusWithTheNextWrite() {
    takeCrossing();
    reporter.publish(check);
    takeFigures(2);
    reporter.publish(check);
    assertThat(check.getStatus().getUnconfirmedEvents())
        .extracting(UnconfirmedEvent::getReason)
        .containsExactly("LossRecovered");
  }

  private Optional<Duration> publishAgainIn() {
    return ((Publication.Told) reporter.publish(check)).again();
  }

  /** What somebody else has written: nothing, or the status given. */
  private PingCheck stored(PingCheckStatus status) {
    PingCheck stored = check();
    stored.getMetadata().setResourceVersion("other");
    stored.setStatus(status);
    return stored;
  }

  private Publication.Overtaken publishOvertakenBy(PingCheckStatus status) {
    overtakenBy = Optional.of(stored(status));
    Publication publication = reporter.publish(check);
    overtakenBy = Optional.empty();
    return (Publication.Overtaken) publication;
  }

  @Test
  void aRoundThatIsOvertakenIsNeitherSafeNorSaidAndIsToBeJudgedAgain() {
    takeCrossing();
    var overtaken = publishOvertakenBy(new PingCheckStatus());
    assertThat(told).isEmpty();
    assertThat(overtaken.again())
        .extracting(round -> round.report().id().number())
        .containsExactly(1L);
    assertThat(reporter.status(check).getUnconfirmedEvents()).isEmpty();
  }

  @Test
  void aWriteWhoseAnswerWasLostIsKnownByItsRoundAndSaidOnce() {
    takeCrossing();
    PingCheckStatus wentThrough = reporter.status(check);
    takeFigures(2);
    var overtaken = publishOvertakenBy(wentThrough);
    assertThat(told).containsExactly("safe");
    assertThat(overtaken.again())
        .extracting(round -> round.report().id().number())
        .containsExactly(2L);
    reporter.publish(check);
    assertThat(told).containsExactly("safe", "event LossThresholdExceeded");
  }

  @Test
  void figuresThatFollowAnUnsafeRoundStayWithIt() {
    apiServerDown = true;
    takeCrossing();
    assertPublishingFails();
    takeFigures(2);
    assertThat(told).isEmpty();
    apiServerDown = false;
    reporter.publish(check);
    assertThat(told).containsSubsequence("safe", "safe", "event LossThresholdExceeded");
  }

  @Test
  void ofRoundsThatFollowAnUnsafeOneAndDecideNothingOnlyTheLastIsHeld() {
    apiServerDown = true;
    takeCrossing();
    for (int round = 2; round <= 600; round++) {
      takeFigures(round);
      assertThatThrownBy(() -> reporter.publish(check)).hasMessage("down");
    }
    assertThat(told).hasSize(598).containsOnly("safe");
    apiServerDown = false;
    reporter.publish(check);
    assertThat(told).filteredOn("safe"::equals).hasSize(600);
  }

  @Test
  void aRoundThatDecidesIsHeldAndSoIsWhatFollowedBeforeIt() {
    apiServerDown = true;
    takeCrossing();
    takeFigures(2);
    PingCheckStatus before = reporter.status(check);
    reporter.take(check, Crossings.loss(before, 3), Crossings.report(3), () -> told.add("safe"));
    takeFigures(4);
    assertThat(told).isEmpty();
  }

  @Test
  void aWriteWhoseAnswerWasLostIsKnownByAFollowerThatIsNotHeldAnyMore() {
    takeCrossing();
    takeFigures(2);
    takeFigures(3);
    PingCheckStatus wentThrough = reporter.status(check);
    takeFigures(4);
    assertThat(publishOvertakenBy(wentThrough).again()).isEmpty();
    assertThat(told).hasSize(4).containsOnly("safe");
  }

  @Test
  void eachProbeKeepsItsLastRoundAmongThoseThatFollow() {
    takeCrossing();
    for (int round = 2; round <= 5; round++) {
      takeFigures(round);
      PingCheckStatus before = reporter.status(check);
      reporter.take(
          check,
          Crossings.figures(before, round),
          Crossings.reportBy("fedc", round),
          () -> told.add("safe"));
    }
    assertThat(publishOvertakenBy(new PingCheckStatus()).again())
        .extracting(round -> round.report().id().number())
        .containsExactly(1L, 5L, 5L);
  }

  @Test
  void whatWasSaidIsConfirmedWithinFiveMinutesEvenIfNothingElseIsWritten() {
    takeCrossing();
    assertThat(publishAgainIn().orElseThrow())
        .isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
    clock.advance(Duration.ofMinutes(5));
    assertThat(publishAgainIn()).isEmpty();
    assertThat(check.getStatus().getUnconfirmedEvents()).isEmpty();
  }

  @Test
  void aCrossingFoundAfterItsEventHasAgedOutDoesNotComeBack() {
    storeWhatCannotBeSaid();
    Instant crossing = check.getStatus().getUnconfirmedEvents().getFirst().getTime();
    told.clear();

    clock.stepWallClock(Duration.between(clock.now(), crossing).plus(Duration.ofMinutes(57)));
    reporter = reporter();
    reporter.publish(check);
    assertThat(told).containsExactly("status with 0 crossings");
  }

  @Test
  void aCrossingFoundWhileItsEventIsCertainToLiveIsSaidAgain() {
    storeWhatCannotBeSaid();
    Instant crossing = check.getStatus().getUnconfirmedEvents().getFirst().getTime();
    told.clear();

    clock.stepWallClock(
        Duration.between(clock.now(), crossing).plus(Duration.ofMinutes(57).minusMillis(1)));
    reporter = reporter();
    reporter.publish(check);
    assertThat(told).containsExactly("event LossThresholdExceeded");
  }

  @Test
  void aCrossingOfThisOperatorIsSaidHoweverLongEventsCouldNotBeWritten() {
    storeWhatCannotBeSaid();
    clock.advance(Duration.ofDays(1));
    reporter.publish(check);
    assertThat(told).endsWith("event LossThresholdExceeded");
  }

  private void takeFirstRound(int round) {
    PingCheckStatus before = reporter.status(check);
    PingCheckStatus next = Crossings.figures(before, round).status();
    reporter.take(
        check, new Verdict(next, true, true), Crossings.report(round), () -> told.add("safe"));
  }

  /** Another check takes the only first round of this second. */
  private void useUpFirstRounds() {
    PingCheck other = check();
    other.getMetadata().setUid("uid-2");
    PingCheckStatus next = Crossings.figures(new PingCheckStatus(), 1).status();
    reporter.take(other, new Verdict(next, true, true), Crossings.report(1), () -> {});
    reporter.publish(other);
    check.setStatus(null);
    told.clear();
  }

  @Test
  void aFirstGoodRoundWaitsForItsTurnAndHoldsNoReportBack() {
    useUpFirstRounds();
    takeFirstRound(1);
    assertThat(publishAgainIn()).contains(Duration.ofSeconds(1));
    assertThat(told).containsExactly("safe");
    clock.advance(Duration.ofSeconds(1));
    assertThat(publishAgainIn()).isEmpty();
    assertThat(told).containsExactly("safe", "status with 0 crossings");
  }

  @Test
  void aFirstRoundThatCrossesWaitsForNobody() {
    useUpFirstRounds();
    takeCrossing();
    reporter.publish(check);
    assertThat(told).containsExactly(STORED_SAFE_SAID);
  }

  @Test
  void aTransitionOfACheckThatWasToldOfWaitsForNobody() {
    takeFigures(1);
    reporter.publish(check); // told of; from now on its status is known here
    useUpFirstRounds();
    takeFirstRound(2);
    assertThat(publishAgainIn()).isEmpty();
    assertThat(told).containsExactly("status with 0 crossings", "safe");
  }

  @Test
  void figuresWrittenBeforeARestartAreNotWrittenAgainBeforeTheirTime() {
    admit(100);
    PingCheckStatus stored = Crossings.figures(new PingCheckStatus(), 1).status();
    stored.getLastRound().setStartTime(clock.now().minusSeconds(20));
    check.setStatus(stored);
    takeFigures(2);
    reporter.publish(check);
    assertThat(told).containsExactly("safe");
    clock.advance(Duration.ofSeconds(80));
    takeFigures(3);
    reporter.publish(check);
    assertThat(told).containsExactly("safe", "safe", "status with 0 crossings");
  }

  @Test
  void aRefusalIsNotAmongTheWordsThatWaitForARound() {
    reporter.take(check, Judge.refused(reporter.status(check), 1, "Bad", "No.", clock.now()));
    for (int i = 0; i < 50; i++) {
      PingCheck other = check();
      other.getMetadata().setUid("uid-of-" + i);
      reporter.take(
          other,
          Judge.accepted(new PingCheckStatus(), 1, "gw", Duration.ofSeconds(30), clock.now()));
      reporter.publish(other);
    }
    told.clear();
    assertThat(publishAgainIn()).isEmpty();
    assertThat(told).containsExactly("status with 0 crossings");
  }
}
