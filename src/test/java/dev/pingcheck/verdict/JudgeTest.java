package dev.pingcheck.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.pingcheck.crd.EffectiveThresholds;
import dev.pingcheck.crd.Outage;
import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.crd.UnconfirmedEvent;
import dev.pingcheck.stats.AddressRound;
import dev.pingcheck.stats.LossReason;
import dev.pingcheck.stats.Replies;
import dev.pingcheck.stats.Resolution;
import dev.pingcheck.stats.RoundReport;
import dev.pingcheck.stats.Strays;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgeTest {
  private static final EffectiveThresholds DEFAULTS =
      new EffectiveThresholds(20, 20, Optional.empty(), 1, 1);

  private EffectiveThresholds thresholds = DEFAULTS;
  private PingCheckStatus status =
      Judge.accepted(new PingCheckStatus(), 1, Rounds.TARGET, Rounds.PERIOD, Rounds.START).status();
  private boolean urgent;

  private JudgeTest sees(RoundReport report) {
    Verdict verdict = Judge.round(Judge.confirmed(status), 1, thresholds, report);
    status = verdict.status();
    urgent = verdict.urgent();
    return this;
  }

  private String condition(ConditionType type) {
    Condition found =
        status.getConditions().stream()
            .filter(c -> c.getType().equals(type.text()))
            .findFirst()
            .orElseThrow();
    return found.getStatus() + "/" + found.getReason();
  }

  private List<String> events() {
    return status.getUnconfirmedEvents().stream().map(UnconfirmedEvent::getReason).toList();
  }

  @Test
  void everythingButAcceptanceIsUnknownAtFirstSight() {
    assertThat(status.getConditions())
        .extracting(Condition::getType, Condition::getStatus, Condition::getReason)
        .containsExactly(
            tuple("Accepted", "True", "Accepted"),
            tuple("Resolved", "Unknown", "Pending"),
            tuple("Reachable", "Unknown", "Pending"),
            tuple("Healthy", "Unknown", "Pending"),
            tuple("OnSchedule", "Unknown", "Pending"));
    assertThat(status.getPeriod()).isEqualTo("10s");
    assertThat(status.getObservedGeneration()).isEqualTo(1);
  }

  @Test
  void aGoodFirstRoundIsHealthyWithoutAnEvent() {
    sees(Rounds.of(1, 4));
    assertThat(condition(ConditionType.HEALTHY)).isEqualTo("True/WithinThresholds");
    assertThat(condition(ConditionType.REACHABLE)).isEqualTo("True/ReplyReceived");
    assertThat(condition(ConditionType.RESOLVED)).isEqualTo("True/Resolved");
    assertThat(events()).isEmpty();
    assertThat(urgent).isTrue();
    assertThat(status.getLastRound().getLossPercent()).isZero();
    assertThat(status.getLastRound().getRtt().getAvg()).isEqualTo("1ms");
    assertThat(status.getAddress()).isEqualTo("192.0.2.1");
  }

  @ParameterizedTest
  @CsvSource({"2, 2, Kernel", "2, 0, User", "2, 1, Mixed", "0, 0, "})
  void theLastRoundTellsWhatMeasuredItsTimes(int timed, int byKernel, String timestamps) {
    Replies replies =
        new Replies(
            4,
            Collections.nCopies(timed, 1_000_000L),
            byKernel,
            OptionalInt.of(57),
            Optional.of(Rounds.START));
    sees(
        Rounds.of(
            1, new AddressRound("192.0.2.1", 4, replies, Map.of(), Strays.NONE, Optional.empty())));
    assertThat(status.getLastRound().getTimestamps()).isEqualTo(timestamps);
    assertThat(status.getLastRound().getReplyTtl()).isEqualTo(57);
    assertThat(status.getLastRound().getReceived()).isEqualTo(4);
  }

  @Test
  void figuresAloneAreNotUrgent() {
    sees(Rounds.of(1, 4)).sees(Rounds.of(2, 4));
    assertThat(urgent).isFalse();
    assertThat(status.getLastRound().getId()).isEqualTo("0123abcd-2");
  }

  @Test
  void aConditionThatARoundConfirmsIsTheOneOfBefore() {
    sees(Rounds.of(1, 4));
    List<Condition> before = status.getConditions();
    sees(Rounds.of(2, 4));
    assertThat(status.getConditions())
        .usingElementComparator((one, other) -> one == other ? 0 : 1)
        .isEqualTo(before);
  }

  @Test
  void lossIsToldOnceEachWay() {
    sees(Rounds.of(1, 4)).sees(Rounds.of(2, 0));
    assertThat(events()).containsExactly("LossThresholdExceeded");
    assertThat(condition(ConditionType.HEALTHY)).isEqualTo("False/LossThresholdExceeded");
    assertThat(condition(ConditionType.REACHABLE)).isEqualTo("False/Timeout");
    sees(Rounds.of(3, 0));
    assertThat(events()).isEmpty();
    assertThat(urgent).isFalse();
    sees(Rounds.of(4, 4));
    assertThat(events()).containsExactly("LossRecovered");
    sees(Rounds.of(5, 4));
    assertThat(events()).isEmpty();
    assertThat(status.getOutages())
        .extracting(Outage::getReason, Outage::getStart, Outage::getEnd)
        .containsExactly(tuple("LossThresholdExceeded", Rounds.start(2), Rounds.start(4)));
  }

  @Test
  void theThresholdItselfIsBadAndOneBelowIsNot() {
    thresholds = new EffectiveThresholds(25, 25, Optional.empty(), 1, 1);
    sees(Rounds.of(1, 3));
    assertThat(condition(ConditionType.HEALTHY)).isEqualTo("False/LossThresholdExceeded");
    thresholds = new EffectiveThresholds(26, 26, Optional.empty(), 1, 1);
    sees(Rounds.of(2, 3));
    assertThat(condition(ConditionType.HEALTHY)).isEqualTo("True/WithinThresholds");
  }

  @Test
  void aRecoveryLevelBelowTheThresholdHoldsTheAlarm() {
    thresholds = new EffectiveThresholds(50, 10, Optional.empty(), 1, 1);
    sees(Rounds.of(1, 3));
    assertThat(condition(ConditionType.HEALTHY)).isEqualTo("True/WithinThresholds");
    sees(Rounds.of(2, 2)).sees(Rounds.of(3, 3));
    assertThat(condition(ConditionType.HEALTHY)).isEqualTo("False/LossThresholdExceeded");
    sees(Rounds.of(4, 4));
    assertThat(condition(ConditionType.HEALTHY)).isEqualTo("True/WithinThresholds");
  }

  @Test
  void onlySoManyBadRoundsInARowDegradeAndSoManyGoodOnesRecover() {
    thresholds = new EffectiveThresholds(20, 20, Optional.empty(), 3, 2);
    sees(Rounds.of(1, 4)).sees(Rounds.of(2, 0)).sees(Rounds.of(3, 0));
    assertThat(condition(ConditionType.HEALTHY)).isEqualTo("True/WithinThresholds");
    assertThat(urgent).as("a streak below the threshold must outlive a restart").isTrue();
    sees(Rounds.of(4, 0));
    assertThat(events()).containsExactly("LossThresholdExceeded");
    sees(Rounds.of(5, 4));
    assertThat(condition(ConditionType.HEALTHY)).isEqualTo("False/LossThresholdExceeded");
    sees(Rounds.of(6, 0)).sees(Rounds.of(7, 4)).sees(Rounds.of(8, 4));
    assertThat(events()).containsExactly("LossRecovered");
    assertThat(condition(ConditionType.HEALTHY)).isEqualTo("True/WithinThresholds");
  }

  @Test
  void aBadFirstRoundBelowTheThresholdLeavesHealthUnknown() {
    thresholds = new EffectiveThresholds(20, 20, Optional.empty(), 2, 1);
    sees(Rounds.of(1, 0));
    assertThat(condition(ConditionType.HEALTHY)).isEqualTo("Unknown/Pending");
  }

  @Test
  void aRoundToldTwiceChangesNothing() {
    sees(Rounds.of(1, 4)).sees(Rounds.of(2, 0));
    PingCheckStatus before = status;
    assertThat(Judge.round(before, 1, thresholds, Rounds.of(2, 0)).status()).isSameAs(before);
    assertThat(Judge.round(before, 1, thresholds, Rounds.of(1, 4)).status()).isSameAs(before);
  }

  @Test
  void theSameRoundJudgedAgainAfterACrashTellsTheSameCrossing() {
    sees(Rounds.of(1, 4));
    PingCheckStatus stored = Judge.confirmed(status);
    Verdict first = Judge.round(stored, 1, thresholds, Rounds.of(2, 0));
    Verdict again = Judge.round(stored, 1, thresholds, Rounds.of(2, 0));
    assertThat(again).usingRecursiveComparison().isEqualTo(first);
    assertThat(stored.getOutages()).as("the input is never touched").isEmpty();
  }

  @Test
  void aNameThatFailsToResolveIsToldOnceEachWay() {
    sees(Rounds.of(1, 4)).sees(Rounds.unresolved(2));
    assertThat(events()).containsExactly("ResolutionFailed");
    assertThat(condition(ConditionType.RESOLVED)).isEqualTo("False/ResolutionFailed");
    assertThat(condition(ConditionType.REACHABLE)).isEqualTo("False/Unresolved");
    assertThat(condition(ConditionType.HEALTHY)).isEqualTo("False/ResolutionFailed");
    assertThat(status.getLastRound().getLossPercent()).isNull();
    assertThat(status.getAddress()).as("what is not pinged any more").isNull();
    sees(Rounds.unresolved(3));
    assertThat(events()).isEmpty();
    sees(Rounds.of(4, 4));
    assertThat(events()).containsExactly("ResolutionRestored");
    assertThat(condition(ConditionType.HEALTHY)).isEqualTo("True/WithinThresholds");
  }

  @Test
  void anAlarmOfLossSurvivesAResolutionFailure() {
    sees(Rounds.of(1, 0)).sees(Rounds.unresolved(2)).sees(Rounds.of(3, 0));
    assertThat(events()).containsExactly("ResolutionRestored");
    assertThat(condition(ConditionType.HEALTHY)).isEqualTo("False/LossThresholdExceeded");
    sees(Rounds.of(4, 4));
    assertThat(events()).containsExactly("LossRecovered");
  }

  @Test
  void staleAddressesAreResolvedAndSayTheirAge() {
    sees(
        Rounds.report(
            1,
            Resolution.stale("The DNS server timed out.", Duration.ofSeconds(90)),
            List.of(Rounds.address("192.0.2.1", 4, 1))));
    assertThat(condition(ConditionType.RESOLVED)).isEqualTo("True/StaleAddress");
    assertThat(status.getConditions().get(1).getMessage())
        .isEqualTo("Using 192.0.2.1, known for 90 s: The DNS server timed out.");
  }

  @Test
  void aSlowAverageIsToldOnceEachWay() {
    thresholds = new EffectiveThresholds(20, 20, Optional.of(Duration.ofMillis(5)), 1, 1);
    sees(Rounds.of(1, Rounds.address("192.0.2.1", 4, 5_000_000)));
    assertThat(condition(ConditionType.HEALTHY)).isEqualTo("True/WithinThresholds");
    sees(Rounds.of(2, Rounds.address("192.0.2.1", 4, 5_000_001)));
    assertThat(events()).containsExactly("RttThresholdExceeded");
    assertThat(condition(ConditionType.HEALTHY)).isEqualTo("False/RttThresholdExceeded");
    sees(Rounds.of(3, Rounds.address("192.0.2.1", 4, 5_000_000)));
    assertThat(events()).containsExactly("RttRecovered");
  }

  @Test
  void theWorstAddressStandsOnTop() {
    sees(
        Rounds.of(
            1,
            Rounds.address("192.0.2.1", 4, 1_000_000),
            Rounds.address("2001:db8::1", 2, 1_000_000),
            Rounds.address("192.0.2.2", 4, 9_000_000)));
    assertThat(status.getAddress()).isEqualTo("2001:db8::1");
    assertThat(status.getLastRound().getLossPercent()).isEqualTo(50);
    assertThat(status.getAddresses()).hasSize(3);
    sees(
        Rounds.of(
            2,
            Rounds.address("192.0.2.1", 4, 1_000_000),
            Rounds.address("192.0.2.2", 4, 9_000_000)));
    assertThat(status.getAddress()).isEqualTo("192.0.2.2");
  }

  @Test
  void theReasonOfAnUnreachableHostIsTheMostFrequentOne() {
    sees(
        Rounds.of(
            1,
            new AddressRound(
                "192.0.2.1",
                4,
                Replies.NONE,
                Map.of(LossReason.TIMEOUT, 1, LossReason.HOST_UNREACHABLE, 3),
                Strays.NONE,
                Optional.of(Rounds.START))));
    assertThat(condition(ConditionType.REACHABLE)).isEqualTo("False/HostUnreachable");
    assertThat(status.getLastRound().getLost())
        .isEqualTo(Map.of("Timeout", 1, "HostUnreachable", 3));
  }

  @Test
  void silenceTurnsHealthUnknownAndIsToldOnce() {
    sees(Rounds.of(1, 4));
    Verdict silent =
        Judge.silent(Judge.confirmed(status), 1, Duration.ofSeconds(30), Rounds.end(4));
    status = silent.status();
    assertThat(silent.urgent()).isTrue();
    assertThat(condition(ConditionType.HEALTHY)).isEqualTo("Unknown/ProbeSilent");
    assertThat(condition(ConditionType.REACHABLE)).isEqualTo("Unknown/ProbeSilent");
    assertThat(condition(ConditionType.RESOLVED)).isEqualTo("True/Resolved");
    assertThat(events()).containsExactly("ProbeSilent");
    Verdict still = Judge.silent(Judge.confirmed(status), 1, Duration.ofSeconds(60), Rounds.end(7));
    assertThat(still.urgent()).isFalse();
    assertThat(still.status().getUnconfirmedEvents()).isEmpty();
    sees(Rounds.of(8, 4));
    assertThat(condition(ConditionType.HEALTHY)).isEqualTo("True/WithinThresholds");
  }

  @Test
  void silenceDoesNotForgetAnOpenAlarm() {
    sees(Rounds.of(1, 0));
    status =
        Judge.silent(Judge.confirmed(status), 1, Duration.ofSeconds(30), Rounds.end(4)).status();
    sees(Rounds.of(5, 0));
    assertThat(events()).isEmpty();
    assertThat(condition(ConditionType.HEALTHY)).isEqualTo("False/LossThresholdExceeded");
    sees(Rounds.of(6, 4));
    assertThat(events()).containsExactly("LossRecovered");
  }

  @Test
  void suspendingMakesEverythingUnknownAndResumingStartsAgain() {
    sees(Rounds.of(1, 4));
    status = Judge.suspended(status, 2, Rounds.end(2)).status();
    assertThat(condition(ConditionType.ACCEPTED)).isEqualTo("True/Suspended");
    assertThat(condition(ConditionType.HEALTHY)).isEqualTo("Unknown/Suspended");
    status = Judge.accepted(status, 3, Rounds.TARGET, Rounds.PERIOD, Rounds.end(3)).status();
    assertThat(condition(ConditionType.HEALTHY)).isEqualTo("Unknown/Pending");
    assertThat(status.getObservedGeneration()).isEqualTo(3);
  }

  @Test
  void aRefusedSpecSaysWhatToWriteInstead() {
    status =
        Judge.refused(status, 2, "InvalidSpec", "Write a count of 1 to 1000.", Rounds.end(1))
            .status();
    assertThat(condition(ConditionType.ACCEPTED)).isEqualTo("False/InvalidSpec");
    assertThat(status.getConditions().getFirst().getMessage())
        .isEqualTo("Write a count of 1 to 1000.");
    assertThat(condition(ConditionType.HEALTHY)).isEqualTo("Unknown/NotAccepted");
  }

  @Test
  void aTransitionTimeMovesOnlyWithTheState() {
    sees(Rounds.of(1, 4)).sees(Rounds.of(2, 4)).sees(Rounds.of(3, 4));
    assertThat(status.getConditions())
        .extracting(Condition::getLastTransitionTime)
        .containsExactly(
            "2026-01-01T00:00:00Z",
            "2026-01-01T00:00:10Z",
            "2026-01-01T00:00:10Z",
            "2026-01-01T00:00:10Z",
            "2026-01-01T00:00:10Z");
  }

  @Test
  void measuredConditionsKeepTheirGenerationUntilARoundOfTheNewOne() {
    sees(Rounds.of(1, 4));
    status = Judge.accepted(status, 2, Rounds.TARGET, Rounds.PERIOD, Rounds.end(1)).status();
    assertThat(status.getConditions())
        .extracting(Condition::getObservedGeneration)
        .containsExactly(2L, 1L, 1L, 1L, 1L);
    assertThat(status.getObservedGeneration()).isEqualTo(2);
  }

  @Test
  void crossingsThatCannotBeSaidAreKeptUpToTwentyAndTheOthersCounted() {
    status.setPeriod("1h"); // so rare that nothing flaps
    for (int i = 1; i <= 60; i++) {
      status = Judge.round(status, 1, thresholds, hourly(i, i % 2 == 0 ? 0 : 4)).status();
    }
    assertThat(status.getUnconfirmedEvents()).hasSize(20);
    assertThat(status.getUnconfirmedEvents().getLast().getTime())
        .isEqualTo(hourly(60, 4).endTime());
    // 59 crossings, the first at round 2; 19 stand for themselves.
    UnconfirmedEvent first = status.getUnconfirmedEvents().getFirst();
    assertThat(first.getReason()).isEqualTo("CrossingsOmitted");
    assertThat(first.getOmitted()).isEqualTo(40);
    assertThat(first.getTime()).isEqualTo(hourly(41, 4).endTime());
    assertThat(first.getNote())
        .isEqualTo(
            "40 crossings up to 2026-01-02T17:00:00Z were not said one by one, as no event could be"
                + " written. See status.outages.");
  }

  private static RoundReport hourly(int number, int received) {
    return Rounds.endingAt(
        Rounds.START.plus(Duration.ofHours(number)), Rounds.of(number, received));
  }

  @Test
  void aBrokenStreakOutlivesARestart() {
    thresholds = new EffectiveThresholds(20, 20, Optional.empty(), 3, 3);
    sees(Rounds.of(1, 0)).sees(Rounds.of(2, 0)).sees(Rounds.of(3, 4));
    assertThat(urgent).isTrue();
    sees(Rounds.of(4, 0)).sees(Rounds.of(5, 0)).sees(Rounds.of(6, 0)).sees(Rounds.of(7, 4));
    sees(Rounds.of(8, 0));
    assertThat(urgent).isTrue();
  }

  @Test
  void whatOthersWroteIntoTheStatusStopsNothing() {
    sees(Rounds.of(1, 4));
    Condition foreign = new Condition();
    foreign.setType("SomebodyElses");
    foreign.setStatus("True");
    status.setConditions(List.of(foreign, status.getConditions().getFirst()));
    status.getLastRound().setId("no round");
    sees(Rounds.of(2, 4));
    assertThat(condition(ConditionType.HEALTHY)).isEqualTo("True/WithinThresholds");
  }

  @Test
  void theLastFiveOutagesAreKeptAndAnOpenOneIsNeverDropped() {
    for (int i = 1; i <= 14; i++) {
      sees(Rounds.of(i, i % 2 == 0 ? 0 : 4));
    }
    assertThat(status.getOutages()).hasSize(5);
    assertThat(status.getOutages().getFirst().getEnd()).isNull();
    assertThat(status.getOutages().getLast().getStart()).isEqualTo(Rounds.start(6));
  }
}
