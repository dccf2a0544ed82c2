package dev.pingcheck.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.crd.EffectiveThresholds;
import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.stats.Pacing;
import dev.pingcheck.stats.ReportBuilder;
import dev.pingcheck.stats.Setback;
import dev.pingcheck.stats.SetbackCause;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The period is ten seconds. */
class PunctualityTest {
  private static final long MS = 1_000_000;

  private PingCheckStatus status =
      Judge.accepted(new PingCheckStatus(), 1, Rounds.TARGET, Rounds.PERIOD, Rounds.START).status();
  private boolean urgent;
  private int rounds;

  @Test
  void aRoundOnTimeIsOnSchedule() {
    sees(Pacing.ON_TIME);
    assertThat(state()).isEqualTo("True/OnTime");
  }

  @ParameterizedTest
  @CsvSource({
    "PROBE_BUDGET, 1000, True/OnTime",
    "PROBE_BUDGET, 1001, False/ProbeBudgetExceeded",
    "ADDRESS_BUDGET, 1000, True/OnTime",
    "ADDRESS_BUDGET, 1001, False/AddressBudgetExceeded",
  })
  void aDelayOfMoreThanATenthOfThePeriodIsTold(SetbackCause cause, long millis, String state) {
    sees(delayed(cause, millis * MS));
    assertThat(state()).isEqualTo(state);
  }

  @ParameterizedTest
  @CsvSource({
    "PROBE_BUDGET, False/ProbeBudgetExceeded",
    "ADDRESS_BUDGET, False/AddressBudgetExceeded",
    "STANDSTILL, False/RoundsSkipped",
  })
  void aSkippedRoundIsToldWhateverItsCause(SetbackCause cause, String state) {
    sees(new Pacing(0, Map.of(cause, new Setback(0, 0, 1))));
    assertThat(state()).isEqualTo(state);
  }

  @Test
  void atTheEdgeItDoesNotFlap() {
    sees(delayed(SetbackCause.PROBE_BUDGET, 1001 * MS));
    assertThat(urgent).isTrue();
    sees(delayed(SetbackCause.PROBE_BUDGET, 501 * MS));
    assertThat(state()).isEqualTo("False/ProbeBudgetExceeded");
    assertThat(urgent).isFalse();
    sees(delayed(SetbackCause.PROBE_BUDGET, 500 * MS));
    assertThat(state()).isEqualTo("True/OnTime");
    assertThat(urgent).isTrue();
  }

  @Test
  void theGravestOfSeveralCausesIsNamed() {
    Map<SetbackCause, Setback> setbacks = new EnumMap<>(SetbackCause.class);
    setbacks.put(SetbackCause.PROBE_BUDGET, new Setback(9, 9000 * MS, 1));
    setbacks.put(SetbackCause.ADDRESS_BUDGET, new Setback(1, 10 * MS, 2));
    sees(new Pacing(4200 * MS, setbacks));
    assertThat(state()).isEqualTo("False/AddressBudgetExceeded");
    assertThat(condition().getMessage())
        .isEqualTo(
            "Echo requests left up to 4.2s late and 3 rounds were skipped: all checks of this"
                + " address together ask for more than it may get. Lengthen their interval or"
                + " period, or raise the probe's --packets-per-second-per-address.");
  }

  @Test
  void aSilentProbeLeavesTheScheduleUnknown() {
    sees(Pacing.ON_TIME);
    status = Judge.silent(status, 1, Duration.ofSeconds(40), Rounds.end(5)).status();
    assertThat(state()).isEqualTo("Unknown/ProbeSilent");
  }

  @Test
  void aSlowProbeIsNoUnhealthyHost() {
    sees(delayed(SetbackCause.PROBE_BUDGET, 9_000 * MS));
    assertThat(status.getConditions())
        .filteredOn(c -> c.getType().equals("Healthy"))
        .extracting(Condition::getStatus)
        .containsExactly("True");
    assertThat(status.getUnconfirmedEvents()).isEmpty();
  }

  private void sees(Pacing pacing) {
    Verdict verdict =
        Judge.round(
            status,
            1,
            new EffectiveThresholds(20, 20, Optional.empty(), 1, 1),
            ReportBuilder.like(Rounds.of(++rounds, 4)).with(pacing).build());
    status = verdict.status();
    urgent = verdict.urgent();
  }

  private static Pacing delayed(SetbackCause cause, long nanos) {
    return new Pacing(nanos, Map.of(cause, new Setback(1, nanos, 0)));
  }

  private Condition condition() {
    return status.getConditions().stream()
        .filter(c -> c.getType().equals("OnSchedule"))
        .findFirst()
        .orElseThrow();
  }

  private String state() {
    return condition().getStatus() + "/" + condition().getReason();
  }
}
