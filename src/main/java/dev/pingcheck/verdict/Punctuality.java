package dev.pingcheck.verdict;

import dev.pingcheck.stats.Pacing;
import dev.pingcheck.stats.RoundReport;
import dev.pingcheck.stats.Setback;
import dev.pingcheck.stats.SetbackCause;
import dev.pingcheck.verdict.Draft.State;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * What a report means for the condition OnSchedule: it is False when a round was skipped, or when a
 * request was late by more than a tenth of the period, and stays so until one is late by no more
 * than half of that. Then a check at the edge does not flap.
 *
 * @param reason of the condition while it is False
 * @param message of it
 */
record Punctuality(String reason, String message) {
  private static final int TOLERATED = 10;
  private static final int RECOVERED = 20;

  static final String ON_TIME = "OnTime";
  static final String ON_TIME_SENTENCE = "Echo requests leave when they are due.";

  /** How late a check is; empty if it is on time, or nearly so. */
  static Optional<Punctuality> of(Pacing pacing, Duration period, boolean wasLate) {
    long tolerated = period.toNanos() / (wasLate ? RECOVERED : TOLERATED);
    boolean isLate = pacing.longestDelay() > tolerated || pacing.roundsSkipped() > 0;
    if (!isLate || pacing.setbacks().isEmpty()) {
      return Optional.empty();
    }
    SetbackCause cause = gravest(pacing);
    return Optional.of(new Punctuality(reason(cause), lateness(pacing) + ": " + advice(cause)));
  }

  /** Sets the condition of a check with one source. */
  static void judge(Draft draft, RoundReport report) {
    boolean wasLate = draft.state(ConditionType.ON_SCHEDULE).equals("False");
    Optional<Punctuality> late = of(report.pacing(), draft.period(), wasLate);
    draft.condition(
        ConditionType.ON_SCHEDULE,
        late.map(l -> State.no(l.reason())).orElse(State.yes(ON_TIME)),
        late.map(Punctuality::message).orElse(ON_TIME_SENTENCE),
        Judge.crossingTime(report));
  }

  private static SetbackCause gravest(Pacing pacing) {
    return pacing.setbacks().entrySet().stream()
        .max(
            Map.Entry.comparingByValue(
                Comparator.comparingInt(Setback::roundsSkipped).thenComparing(Setback::delay)))
        .map(Map.Entry::getKey)
        .orElseThrow();
  }

  private static String reason(SetbackCause cause) {
    return switch (cause) {
      case PROBE_BUDGET -> "ProbeBudgetExceeded";
      case ADDRESS_BUDGET -> "AddressBudgetExceeded";
      case STANDSTILL -> "RoundsSkipped";
    };
  }

  private static String lateness(Pacing pacing) {
    int skipped = pacing.roundsSkipped();
    String rounds = skipped == 1 ? "1 round was skipped" : skipped + " rounds were skipped";
    if (pacing.longestDelay() == 0) {
      return rounds;
    }
    String late = "Echo requests left up to " + Figures.duration(pacing.longestDelay()) + " late";
    return skipped == 0 ? late : late + " and " + rounds;
  }

  private static String advice(SetbackCause cause) {
    return switch (cause) {
      case PROBE_BUDGET ->
          "all checks together ask for more than the probe may send. Raise its"
              + " --packets-per-second, or ask for less by longer periods and smaller counts.";
      case ADDRESS_BUDGET ->
          "all checks of this address together ask for more than it may get. Lengthen their"
              + " interval or period, or raise the probe's --packets-per-second-per-address.";
      case STANDSTILL ->
          "the probe's process stood still. Give it more processor time, or look at what stops"
              + " its machine.";
    };
  }
}
