package dev.pingcheck.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pingcheck.clock.FakeClock;
import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.crd.UnconfirmedEvent;
import dev.pingcheck.report.metrics.CheckMetrics;
import dev.pingcheck.report.status.WriteBudget;
import dev.pingcheck.verdict.Crossings;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReporterTest {
  private final List<String> told = new ArrayList<>();
  private final FakeClock clock = new FakeClock();
  private final WriteBudget budget = new WriteBudget(1);
  private final PingCheck check = check();
  private boolean apiServerDown;
  private boolean eventsDown;
  private boolean checkGone;
  private Reporter reporter = reporter();

  private static PingCheck check() {
    PingCheck check = new PingCheck();
    check.setMetadata(
        new ObjectMetaBuilder().withNamespace("ns").withName("gw").withUid("uid-1").build());
    return check;
  }

  private Reporter reporter() {
    return new Reporter(
        (of, status) -> {
          failIf(apiServerDown);
          check.setStatus(status);
          told.add("status with " + status.getUnconfirmedEvents().size() + " crossings");
          return !checkGone;
        },
        (of, crossing) -> {
          failIf(eventsDown);
          told.add("event " + crossing.getReason());
        },
        new CheckMetrics(new SimpleMeterRegistry()),
        budget,
        clock,
        new Random(1));
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

  @Test
  void aCrossingIsStoredThenSafeThenSaid() {
    takeCrossing();
    reporter.publish(check);
    assertThat(told)
        .containsExactly("status with 1 crossings", "safe", "event LossThresholdExceeded");
  }

  @Test
  void nothingIsSaidOrSafeBeforeItIsStored() {
    apiServerDown = true;
    takeCrossing();
    assertThatThrownBy(() -> reporter.publish(check)).hasMessage("down");
    assertThat(told).isEmpty();
    apiServerDown = false;
    reporter.publish(check);
    assertThat(told)
        .containsExactly("status with 1 crossings", "safe", "event LossThresholdExceeded");
  }

  @Test
  void eventsThatCannotBeWrittenHoldNeitherReportsNorFiguresBack() {
    eventsDown = true;
    takeCrossing();
    assertThatThrownBy(() -> reporter.publish(check)).hasMessage("down");
    takeFigures(2);
    assertThatThrownBy(() -> reporter.publish(check)).hasMessage("down");
    assertThat(told).filteredOn("safe"::equals).hasSize(2);
    assertThat(check.getStatus().getLastRound().getId()).endsWith("-2");
    assertThat(check.getStatus().getUnconfirmedEvents()).hasSize(2);
  }

  @Test
  void anEventThatFailsIsSaidAgainWithoutAnotherStatus() {
    eventsDown = true;
    takeCrossing();
    assertThatThrownBy(() -> reporter.publish(check)).hasMessage("down");
    eventsDown = false;
    reporter.publish(check);
    assertThat(told)
        .containsExactly("status with 1 crossings", "safe", "event LossThresholdExceeded");
  }

  @Test
  void whoeverStartsAfterACrashSaysTheStoredCrossingsAgain() {
    eventsDown = true;
    takeCrossing();
    assertThatThrownBy(() -> reporter.publish(check)).hasMessage("down");
    eventsDown = false;
    reporter = reporter();
    reporter.publish(check);
    assertThat(told)
        .containsExactly("status with 1 crossings", "safe", "event LossThresholdExceeded");
  }

  @Test
  void figuresWithinTheBudgetAreWrittenAfterEachRound() {
    reporter.admit("uid-1", Duration.ofSeconds(1));
    takeFigures(1);
    reporter.publish(check);
    takeFigures(2);
    reporter.publish(check);
    assertThat(told).filteredOn(t -> t.startsWith("status")).hasSize(2);
  }

  @Test
  void figuresBeyondTheBudgetWaitAndTheLatestWins() {
    for (int i = 1; i <= 10; i++) {
      reporter.admit("uid-" + i, Duration.ofSeconds(1));
    }
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
    for (int i = 1; i <= 10; i++) {
      reporter.admit("uid-" + i, Duration.ofSeconds(1));
    }
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
}
