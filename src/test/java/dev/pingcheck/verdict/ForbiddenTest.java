package dev.pingcheck.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.crd.EffectiveThresholds;
import dev.pingcheck.crd.Outage;
import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.crd.UnconfirmedEvent;
import dev.pingcheck.stats.Resolution;
import dev.pingcheck.stats.RoundReport;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ForbiddenTest {
  private static final EffectiveThresholds THRESHOLDS =
      new EffectiveThresholds(20, 20, Optional.empty(), 1, 1);
  private static final String SENTENCE = "gw is not pinged: 127.0.0.1 is in 127.0.0.0/8.";

  private PingCheckStatus status =
      Judge.accepted(new PingCheckStatus(), 1, "gw", Rounds.PERIOD, Rounds.START).status();

  @Test
  void forbiddenNameIsToldOnceAndItsHealthIsNotKnown() {
    assertThat(sees(forbidden(1))).containsExactly("TargetForbidden");
    assertThat(state("Resolved")).isEqualTo("False/TargetForbidden/" + SENTENCE);
    assertThat(state("Reachable")).isEqualTo("Unknown/TargetForbidden/" + SENTENCE);
    assertThat(state("Healthy")).isEqualTo("Unknown/TargetForbidden/" + SENTENCE);
    assertThat(state("Accepted")).startsWith("True/Accepted/");
    assertThat(status.getLastRound().getSent()).isZero();
    assertThat(status.getAddress()).isNull();
    assertThat(sees(forbidden(2))).isEmpty();
    assertThat(sees(forbidden(3))).isEmpty();
  }

  @Test
  void eachTurnToAForbiddenAddressIsACrossing() {
    sees(Rounds.of(1, 4));
    assertThat(sees(forbidden(2))).containsExactly("TargetForbidden");
    assertThat(sees(Rounds.of(3, 4))).containsExactly("ResolutionRestored");
    assertThat(state("Healthy")).startsWith("True/WithinThresholds/");
    assertThat(sees(forbidden(4))).containsExactly("TargetForbidden");
  }

  @Test
  void failureToResolveIsToldApart() {
    assertThat(sees(Rounds.unresolved(1))).containsExactly("ResolutionFailed");
    assertThat(sees(forbidden(2))).containsExactly("TargetForbidden");
    assertThat(sees(Rounds.unresolved(3))).containsExactly("ResolutionFailed");
    assertThat(sees(Rounds.unresolved(4))).isEmpty();
  }

  @Test
  void openLossStaysOpenAndClosesWithTheNextGoodRound() {
    assertThat(sees(Rounds.of(1, 0))).containsExactly("LossThresholdExceeded");
    sees(forbidden(2));
    assertThat(status.getConsecutiveFailures()).isEqualTo(1);
    assertThat(status.getOutages()).extracting(Outage::getEnd).containsOnlyNulls();
    assertThat(sees(Rounds.of(3, 4)))
        .containsExactlyInAnyOrder("ResolutionRestored", "LossRecovered");
  }

  @Test
  void roundThatIsJudgedAgainSaysNothingNew() {
    RoundReport round = forbidden(1);
    sees(round);
    assertThat(Judge.round(status, 1, THRESHOLDS, round).news()).isFalse();
  }

  @Test
  void forbiddenLiteralIsToldOnceThoughTheSpecChanges() {
    assertThat(refuse(1, "TargetForbidden")).containsExactly("TargetForbidden");
    assertThat(refuse(1, "TargetForbidden")).isEmpty();
    assertThat(refuse(2, "TargetForbidden")).isEmpty();
    assertThat(state("Accepted")).isEqualTo("False/TargetForbidden/why");
    assertThat(refuse(3, "LimitExceeded")).isEmpty();
    assertThat(refuse(4, "TargetForbidden")).containsExactly("TargetForbidden");
  }

  @Test
  void otherSentenceIsWrittenAtOnceAndTheSameIsNot() {
    refuse(1, "LimitExceeded");
    assertThat(Judge.refused(status, 1, "LimitExceeded", "why", Rounds.START).urgent()).isFalse();
    assertThat(Judge.refused(status, 1, "LimitExceeded", "now", Rounds.START).urgent()).isTrue();
  }

  @Test
  void addressesThatWereLeftOutStandInTheCondition() {
    sees(
        Rounds.report(
            1,
            Resolution.resolved().without("127.0.0.1 is in 127.0.0.0/8"),
            List.of(Rounds.address("192.0.2.1", 4, 1_000_000))));
    assertThat(state("Resolved"))
        .isEqualTo(
            "True/Resolved/The hostname resolves to 192.0.2.1. Not pinged: 127.0.0.1 is in"
                + " 127.0.0.0/8.");
  }

  @Test
  void addressesBeyondTheBoundOfARoundAreCountedInTheCondition() {
    sees(
        Rounds.report(
            1,
            Resolution.resolved().leavingOut(34),
            List.of(Rounds.address("192.0.2.1", 4, 1_000_000))));
    assertThat(state("Resolved"))
        .isEqualTo(
            "True/Resolved/The hostname resolves to 192.0.2.1. 34 more of its addresses are not"
                + " pinged.");
  }

  private static RoundReport forbidden(int number) {
    return Rounds.report(number, Resolution.forbidden(SENTENCE), List.of());
  }

  private List<String> sees(RoundReport report) {
    return take(Judge.round(Judge.confirmed(status), 1, THRESHOLDS, report));
  }

  private List<String> refuse(long generation, String reason) {
    return take(Judge.refused(Judge.confirmed(status), generation, reason, "why", Rounds.START));
  }

  private List<String> take(Verdict verdict) {
    status = verdict.status();
    return status.getUnconfirmedEvents().stream().map(UnconfirmedEvent::getReason).toList();
  }

  private String state(String type) {
    return status.getConditions().stream()
        .filter(c -> c.getType().equals(type))
        .map(c -> c.getStatus() + "/" + c.getReason() + "/" + c.getMessage())
        .findFirst()
        .orElseThrow();
  }
}
