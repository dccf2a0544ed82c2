package dev.pingcheck.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.crd.EffectiveThresholds;
import dev.pingcheck.crd.PingCheckStatus;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DampingTest {
  private static final Duration TWO_MINUTES = Duration.ofMinutes(2);

  private Observed check = new Observed();

  private static Duration minutes(int minutes) {
    return Duration.ofMinutes(minutes);
  }

  /** Six crossings two minutes apart, the first after two minutes; then the host is up. */
  private void flap() {
    check.seesAfter(Duration.ZERO, 4);
    for (int i = 1; i <= 6; i++) {
      check.seesAfter(TWO_MINUTES.multipliedBy(i), i % 2 == 0 ? 4 : 0);
    }
  }

  @Test
  void theSixthCrossingWithinTenMinutesIsToldAsFlapping() {
    flap();
    assertThat(check.events())
        .containsExactly(
            "LossThresholdExceeded",
            "LossRecovered",
            "LossThresholdExceeded",
            "LossRecovered",
            "LossThresholdExceeded",
            "FlappingStarted");
    assertThat(check.note())
        .isEqualTo(
            "The loss crossed its threshold 6 times within 10m; single crossings raise no event"
                + " until there was none for 10m. 4 of 4 echo requests to 192.0.2.1 were"
                + " answered.");
  }

  @Test
  void aSixthCrossingAMillisecondLaterIsACrossing() {
    check.seesAfter(Duration.ZERO, 4);
    for (int i = 1; i <= 5; i++) {
      check.seesAfter(TWO_MINUTES.multipliedBy(i), i % 2 == 0 ? 4 : 0);
    }
    check.events();
    check.seesAfter(minutes(12).plusMillis(1), 4);
    assertThat(check.events()).containsExactly("LossRecovered");
  }

  @Test
  void whileFlappingTheConditionsTellTheTruthAndNoCrossingIsAnEvent() {
    flap();
    check.events();
    check.seesAfter(minutes(14), 0);
    assertThat(check.condition(ConditionType.HEALTHY)).isEqualTo("False/LossThresholdExceeded");
    assertThat(check.message(ConditionType.HEALTHY))
        .endsWith(" Flapping since 2026-01-01T00:12:00Z: single crossings raise no event.");
    assertThat(check.urgent).isTrue();
    check.seesAfter(minutes(16), 4);
    assertThat(check.condition(ConditionType.HEALTHY)).isEqualTo("True/WithinThresholds");
    assertThat(check.events()).isEmpty();
    assertThat(check.status.getOutages()).hasSize(4);
  }

  @Test
  void aHostThatStaysDownIsSaidToBeDownWhenFlappingStops() {
    flap();
    check.seesAfter(minutes(14), 0);
    check.seesAfter(minutes(24).minusMillis(1), 0);
    check.events();
    check.seesAfter(minutes(24), 0);
    assertThat(check.events()).containsExactly("LossThresholdExceeded", "FlappingStopped");
    assertThat(check.note())
        .isEqualTo(
            "The loss crossed its threshold rarely again. 4 of 4 echo requests to 192.0.2.1 were"
                + " lost (100 %); the threshold is 20 %.");
    check.seesAfter(minutes(25), 0);
    assertThat(check.events()).isEmpty();
    check.seesAfter(minutes(26), 4);
    assertThat(check.events()).containsExactly("LossRecovered");
  }

  @Test
  void aHostThatStaysUpIsSaidToBeUpWhenFlappingStops() {
    flap();
    check.events();
    check.seesAfter(minutes(22).minusMillis(1), 4);
    assertThat(check.events()).isEmpty();
    check.seesAfter(minutes(22), 4);
    assertThat(check.events()).containsExactly("LossRecovered", "FlappingStopped");
    assertThat(check.status.getTurns()).isEmpty();
    assertThat(check.message(ConditionType.HEALTHY)).doesNotContain("Flapping");
  }

  @Test
  void aCrossingThatEndsALongQuietIsSaidAsTheStateNow() {
    flap();
    check.events();
    check.seesAfter(minutes(60), 0);
    assertThat(check.events()).containsExactly("LossThresholdExceeded", "FlappingStopped");
    check.seesAfter(minutes(61), 4);
    assertThat(check.events()).containsExactly("LossRecovered");
  }

  @Test
  void slowRepliesThatComeAndGoHideNoLoss() {
    check.thresholds = new EffectiveThresholds(20, 20, Optional.of(Duration.ofMillis(5)), 1, 1);
    for (int i = 1; i <= 7; i++) {
      check.sees(Rounds.of(i, Rounds.address("192.0.2.1", 4, i % 2 == 0 ? 9_000_000 : 1_000_000)));
    }
    assertThat(check.events()).endsWith("FlappingStarted");
    check.sees(Rounds.of(8, 0));
    assertThat(check.events()).containsExactly("LossThresholdExceeded");
  }

  @Test
  void aNameThatComesAndGoesFlapsToo() {
    for (int i = 1; i <= 7; i++) {
      check.sees(i % 2 == 0 ? Rounds.unresolved(i) : Rounds.of(i, 4));
    }
    assertThat(check.events()).hasSize(6).endsWith("FlappingStarted");
    assertThat(check.note()).startsWith("The name lost or regained its addresses 6 times");
  }

  @Test
  void addressesThatChangeAllTheTimeAreToldOnce() {
    for (int i = 1; i <= 20; i++) {
      check.sees(Rounds.of(i, Rounds.address("192.0.2." + i, 4, 1_000_000)));
    }
    assertThat(check.events()).hasSize(6).endsWith("FlappingStarted");
    check.sees(Rounds.of(21, 0)); // of yet another address
    assertThat(check.events()).containsExactly("LossThresholdExceeded");
  }

  @Test
  void aClockThatIsSetBackEndsFlappingAndHidesNothing() {
    flap();
    check.events();
    check.seesAfter(minutes(-60), 0);
    assertThat(check.events()).containsExactly("LossThresholdExceeded", "FlappingStopped");
  }

  @Test
  void flappingGoesOnAcrossASuspension() {
    flap();
    check.suspends().accepts(Rounds.TARGET).events();
    check.seesAfter(minutes(15), 0);
    assertThat(check.events()).isEmpty();
    assertThat(check.condition(ConditionType.HEALTHY)).isEqualTo("False/LossThresholdExceeded");
  }

  /** Ten of the shortest outages that the thresholds allow, within 10 minutes and an hour. */
  @ParameterizedTest
  @CsvSource({
    "PT1S, 1, 1, PT10M",
    "PT30S, 1, 1, PT10M",
    "PT31S, 1, 1, PT10M20S",
    "PT30S, 3, 2, PT25M",
    "PT3M, 1, 1, PT1H",
    "PT24H, 100, 100, PT1H",
  })
  void theWindowFollowsPeriodAndThresholds(Duration period, int bad, int good, Duration window) {
    EffectiveThresholds thresholds = new EffectiveThresholds(20, 20, Optional.empty(), bad, good);
    assertThat(Damping.window(thresholds, period)).isEqualTo(window);
  }

  @Test
  void aCheckOfFewRoundsAnHourIsNeverDamped() {
    check = new Observed(new PingCheckStatus(), minutes(15));
    for (int i = 0; i <= 20; i++) {
      check.seesAfter(minutes(15 * i), i % 2 == 0 ? 4 : 0);
    }
    assertThat(check.events()).hasSize(20).doesNotContain("FlappingStarted");
  }
}
