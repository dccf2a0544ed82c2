package dev.pingcheck.verdict;

import dev.pingcheck.crd.Durations;
import dev.pingcheck.crd.EffectiveThresholds;
import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.stats.AddressRound;
import dev.pingcheck.stats.RoundId;
import dev.pingcheck.stats.RoundReport;
import dev.pingcheck.stats.RttSummary;
import dev.pingcheck.verdict.Draft.State;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Judges a check: what was known, and what is new, give what is known next. The same arguments give
 * the same verdict, so that a round judged again after a restart says nothing else.
 */
public final class Judge {

  private static final Set<String> PAUSED = Set.of("", "Suspended", "NotAccepted");

  private Judge() {}

  /**
   * The spec is carried out from now on.
   *
   * @param period the period in force, given or by default
   */
  public static Verdict accepted(
      PingCheckStatus before, long generation, Duration period, Instant now) {
    Draft draft = new Draft(before, generation);
    draft.status().setPeriod(Durations.exact(period));
    draft.condition(
        ConditionType.ACCEPTED, State.yes("Accepted"), "The check is being carried out.", now);
    for (ConditionType type : measured()) {
      if (PAUSED.contains(draft.reason(type))) {
        draft.condition(type, State.unknown("Pending"), "No round has ended yet.", now);
      }
    }
    return draft.finish();
  }

  /** The user has the check suspended. */
  public static Verdict suspended(PingCheckStatus before, long generation, Instant now) {
    Draft draft = new Draft(before, generation);
    draft.condition(
        ConditionType.ACCEPTED, State.yes("Suspended"), "The check is suspended by its spec.", now);
    for (ConditionType type : measured()) {
      draft.condition(type, State.unknown("Suspended"), "The check is suspended.", now);
    }
    return draft.finish();
  }

  /**
   * The spec cannot be carried out.
   *
   * @param reason why, as one CamelCase word
   * @param sentence why, and what to write instead
   */
  public static Verdict refused(
      PingCheckStatus before, long generation, String reason, String sentence, Instant now) {
    Draft draft = new Draft(before, generation);
    draft.condition(ConditionType.ACCEPTED, State.no(reason), sentence, now);
    for (ConditionType type : measured()) {
      draft.condition(type, State.unknown("NotAccepted"), "The spec is not accepted.", now);
    }
    return draft.finish();
  }

  /**
   * No round has been reported for too long. Says so once; only a round ends it.
   *
   * @param silence for how long nothing was heard
   */
  public static Verdict silent(
      PingCheckStatus before, long generation, Duration silence, Instant now) {
    Draft draft = new Draft(before, generation);
    if (draft.reason(ConditionType.HEALTHY).equals("ProbeSilent")) {
      return draft.finish();
    }
    String message = "No probe has reported a round for " + silence.toSeconds() + " s.";
    draft.condition(ConditionType.REACHABLE, State.unknown("ProbeSilent"), message, now);
    draft.condition(ConditionType.HEALTHY, State.unknown("ProbeSilent"), message, now);
    draft.say(EventReason.PROBE_SILENT, now, message);
    return draft.finish();
  }

  /** A round has ended. A round that the status tells of already changes nothing. */
  public static Verdict round(
      PingCheckStatus before, long generation, EffectiveThresholds thresholds, RoundReport report) {
    if (knows(before, report.id())) {
      return Verdict.toldBefore(before);
    }
    Draft draft = new Draft(before, generation);
    Optional<AddressRound> worst = worst(report.addresses());
    Figures.write(draft.status(), report, worst);
    Health health = new Health(draft, thresholds, report, worst);
    health.judgeResolution();
    health.judgeReachability();
    health.judgeThresholds();
    return draft.finish();
  }

  /** The status once its crossings are told: the next write may leave them out. */
  public static PingCheckStatus confirmed(PingCheckStatus told) {
    PingCheckStatus status = Draft.copy(told);
    status.setUnconfirmedEvents(List.of());
    return status;
  }

  private static boolean knows(PingCheckStatus status, RoundId round) {
    return status.getLastRound() != null
        && status.getLastRound().getId() != null
        && RoundId.read(status.getLastRound().getId()).filter(round::isNotAfter).isPresent();
  }

  /** The address that stands for all: the greatest loss, then the longest average, then order. */
  private static Optional<AddressRound> worst(List<AddressRound> addresses) {
    Comparator<AddressRound> byLoss = Comparator.comparingInt(AddressRound::lossPercent);
    return addresses.stream()
        .reduce((a, b) ->
            byLoss.thenComparingLong(r -> r.rtt().map(RttSummary::avg).orElse(0L)).compare(b, a) > 0
                ? b
                : a);
  }

  private static List<ConditionType> measured() {
    return List.of(ConditionType.RESOLVED, ConditionType.REACHABLE, ConditionType.HEALTHY);
  }

  /** Crossings are told to the millisecond: enough to tell two apart, short enough to read. */
  static Instant crossingTime(RoundReport report) {
    return report.endTime().truncatedTo(ChronoUnit.MILLIS);
  }
}
