package dev.pingcheck.report.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WriteBudgetTest {
  private final WriteBudget budget = new WriteBudget(30);

  private void admit(int checks, Duration period) {
    for (int i = 0; i < checks; i++) {
      budget.admit("uid-" + i, period);
    }
  }

  @Test
  void everyRoundIsWrittenWhileAllFit() {
    admit(900, Duration.ofSeconds(30));
    assertThat(budget.spacing("uid-0")).isZero();
  }

  @Test
  void ofACheckFromNodesOneWriteAPeriodFits() {
    admit(849, Duration.ofSeconds(30));
    budget.admit("of-nodes", Duration.ofSeconds(30), true);
    assertThat(budget.spacing("of-nodes")).isEqualTo(Duration.ofSeconds(30));
    assertThat(budget.spacing("uid-0")).isZero();
    budget.admit("of-nodes", Duration.ofSeconds(30), false);
    assertThat(budget.spacing("of-nodes")).isZero();
  }

  @Test
  void beyondTheBudgetAllAreStretchedEvenly() {
    admit(1_800, Duration.ofSeconds(30));
    assertThat(budget.spacing("uid-7").toMillis()).isCloseTo(60_000, within(2L));
  }

  @Test
  void noFigureGetsOlderThanFiveMinutes() {
    admit(100_000, Duration.ofSeconds(30));
    assertThat(budget.spacing("uid-7")).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void whatIsForgottenLeavesItsShare() {
    admit(1_800, Duration.ofSeconds(30));
    for (int i = 900; i < 1_800; i++) {
      budget.forget("uid-" + i);
    }
    assertThat(budget.spacing("uid-0").toMillis()).isLessThan(30_001);
    assertThat(budget.spacing("uid-1000")).isZero();
  }

  @Test
  void aChangedPeriodReplacesTheOldOne() {
    for (int i = 0; i < 50; i++) {
      budget.admit("uid-0", Duration.ofSeconds(1));
    }
    assertThat(budget.spacing("uid-0")).isZero();
  }

  @Test
  void aBudgetOfNothingIsRefused() {
    assertThatThrownBy(() -> new WriteBudget(0))
        .hasMessage("the budget must be above 0 writes a second");
  }

  @Test
  void allWritesTogetherAreTheRoundsThenTheBudgetThenWhatFiveMinutesNeed() {
    admit(300, Duration.ofSeconds(30));
    assertThat(budget.perSecond()).isCloseTo(10, within(0.01));
    admit(1_800, Duration.ofSeconds(30));
    assertThat(budget.perSecond()).isCloseTo(30, within(0.01));
    admit(10_000, Duration.ofSeconds(30));
    assertThat(budget.perSecond()).isCloseTo(33.33, within(0.01));
  }

  @Test
  void theLongestStretchIsWholePeriodsWithinFiveMinutes() {
    admit(100_000, Duration.ofSeconds(45));
    assertThat(budget.spacing("uid-7")).isEqualTo(Duration.ofSeconds(270));
  }

  @Test
  void aPeriodBeyondFiveMinutesIsNotStretched() {
    admit(100_000, Duration.ofSeconds(30));
    budget.admit("slow", Duration.ofHours(1));
    assertThat(budget.spacing("slow")).isEqualTo(Duration.ofMinutes(5));
  }
}
