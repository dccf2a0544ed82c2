package dev.pingcheck.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** While one probe hands a check over to another, no round counts twice and none is lost. */
class LastRoundTest {
  private final Observed check = new Observed();

  @Test
  void ofTwoProbesThatPingInTheSamePhaseTheFirstToTellIsHeard() {
    check.shares(Rounds.by("aaaa", Rounds.of(1, 4)));
    check.shares(Rounds.by("bbbb", Rounds.of(1, 0)));
    assertThat(check.status.getLastRound().getId()).isEqualTo("aaaa-1");
    assertThat(check.events()).isEmpty();
    check.shares(Rounds.by("bbbb", Rounds.of(2, 0)));
    assertThat(check.events()).containsExactly("LossThresholdExceeded");
    check.shares(Rounds.by("aaaa", Rounds.of(2, 4)));
    assertThat(check.status.getLastRound().getId()).isEqualTo("bbbb-2");
    check.shares(Rounds.by("bbbb", Rounds.of(3, 4)));
    assertThat(check.events()).containsExactly("LossRecovered");
  }

  @Test
  void roundsThatAProbeHasKeptWhileAnotherPingedAreNotJudgedAfterwards() {
    check.shares(Rounds.by("aaaa", Rounds.of(1, 4)));
    for (int number = 2; number <= 5; number++) {
      check.shares(Rounds.by("bbbb", Rounds.of(number, 4)));
    }
    for (int number = 2; number <= 5; number++) {
      check.shares(Rounds.by("aaaa", Rounds.of(number, 0)));
    }
    assertThat(check.events()).isEmpty();
    assertThat(check.status.getLastRound().getId()).isEqualTo("bbbb-5");
    check.shares(Rounds.by("aaaa", Rounds.of(6, 4)));
    assertThat(check.status.getLastRound().getId()).isEqualTo("aaaa-6");
  }

  @Test
  void aRoundHalfAPeriodLaterIsAnotherOne() {
    check.shares(Rounds.by("aaaa", Rounds.of(1, 4)));
    Duration half = Rounds.PERIOD.dividedBy(2);
    check.shares(
        Rounds.by(
            "bbbb", Rounds.endingAt(Rounds.end(1).plus(half).minusMillis(1), Rounds.of(2, 0))));
    assertThat(check.events()).isEmpty();
    check.shares(Rounds.by("bbbb", Rounds.endingAt(Rounds.end(1).plus(half), Rounds.of(3, 0))));
    assertThat(check.events()).containsExactly("LossThresholdExceeded");
  }

  @Test
  void aClockThatWasSetBackCostsNoMoreThanTheSilence() {
    check.shares(Rounds.by("aaaa", Rounds.of(1000, 4)));
    check.shares(Rounds.by("bbbb", Rounds.of(1, 0)));
    assertThat(check.events()).isEmpty();
    check.hearsNothing(Rounds.end(1003));
    check.shares(Rounds.by("bbbb", Rounds.of(2, 0)));
    assertThat(check.events()).containsExactly("ProbeSilent", "LossThresholdExceeded");
    check.shares(Rounds.by("bbbb", Rounds.of(3, 4)));
    assertThat(check.events()).containsExactly("LossRecovered");
  }

  @Test
  void whereOneProbeFollowsTheOtherEachRoundCounts() {
    check.sees(Rounds.by("aaaa", Rounds.of(1, 4)));
    check.sees(Rounds.by("bbbb", Rounds.of(1, 0)));
    assertThat(check.events()).containsExactly("LossThresholdExceeded");
  }
}
