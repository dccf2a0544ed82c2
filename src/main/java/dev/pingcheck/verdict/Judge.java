package dev.pingcheck.verdict;

import dev.pingcheck.crd.Durations;
import dev.pingcheck.crd.EffectiveThresholds;
import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.stats.Resolution;
import dev.pingcheck.stats.RoundReport;
import dev.pingcheck.verdict.Draft.State;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;

/**
 * Judges a check: what was known, and what is new, give what is known next. The same arguments give
 * the same verdict, so that a round judged again after a restart says nothing else.
 */
public final class Judge {

  static final String PROBE_SILENT = "ProbeSilent";
  private static final int MOST_SOURCES = 16;
  private static final String NO_PROBE = "NoProbe";
  private static final Set<String> PAUSED = Set.of("", "Suspended", "NotAccepted");

  private Judge() {}

  /**
   * The spec is carried out from now on. If it has another target than the status, the check starts
   * anew: of the old one nothing is left but the crossings whose events are still to be said.
   *
   * @param target what is pinged: another text is another target
   * @param period the period in force, given or by default
   */
  public static Verdict accepted(
      PingCheckStatus before, long generation, String target, Duration period, Instant now) {
    String known = before.getTarget();
    boolean isAnother = known != null && !known.equals(target);
    Draft draft = new Draft(isAnother ? withoutTheTarget(before) : before, generation);
    if (known == null) {
      EarlierStatus.adopt(draft);
    }
    draft.status().setTarget(target);
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

  private static PingCheckStatus withoutTheTarget(PingCheckStatus before) {
    PingCheckStatus status = new PingCheckStatus();
    status.setObservedGeneration(before.getObservedGeneration());
    status.setConditions(
        before.getConditions().stream()
            .filter(c -> ConditionType.ACCEPTED.text().equals(c.getType()))
            .toList());
    status.setUnconfirmedEvents(before.getUnconfirmedEvents());
    return status;
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
    Forbidden.sayIfNew(draft, ConditionType.ACCEPTED, reason, sentence, now);
    if (!sentence.equals(draft.message(ConditionType.ACCEPTED))) {
      draft.markUrgent(); // a policy has changed, and what to do with it
    }
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
    if (isSilent(before)) {
      return draft.finish();
    }
    String message = "No probe has reported a round for " + silence.toSeconds() + " s.";
    draft.condition(ConditionType.REACHABLE, State.unknown(PROBE_SILENT), message, now);
    draft.condition(ConditionType.HEALTHY, State.unknown(PROBE_SILENT), message, now);
    draft.condition(ConditionType.ON_SCHEDULE, State.unknown(PROBE_SILENT), message, now);
    draft.say(EventReason.PROBE_SILENT, now, message);
    return draft.finish();
  }

  /**
   * Of some of the nodes from which a check is pinged, nothing has been reported for too long, or
   * they are not among them any more.
   *
   * @param silent the nodes whose probes are silent; those that were before may be left out
   * @param gone the nodes that have left
   */
  public static Verdict sourcesChanged(
      PingCheckStatus before, long generation, Set<String> silent, Set<String> gone, Instant now) {
    Draft draft = new Draft(before, generation);
    return new SourceChanges(draft, now).judge(silent, gone)
        ? draft.finish()
        : Verdict.toldBefore(before);
  }

  /**
   * Nobody is there to ping a check that names nodes. That it was pinged before makes it a silence.
   *
   * @param sentence which nodes it names, and what is missing there
   */
  public static Verdict noProbe(
      PingCheckStatus before, long generation, String sentence, Instant now) {
    Draft draft = new Draft(before, generation);
    boolean isTold = Set.of(NO_PROBE, PROBE_SILENT).contains(draft.reason(ConditionType.HEALTHY));
    if (before.getLastRound() != null && !isTold) {
      draft.say(EventReason.PROBE_SILENT, now, sentence);
    }
    for (ConditionType type : measured()) {
      draft.condition(type, State.unknown(NO_PROBE), sentence, now);
    }
    return draft.finish();
  }

  /**
   * A round has ended in the probe of one of the nodes from which a check is pinged; else as {@link
   * #round(PingCheckStatus, long, EffectiveThresholds, RoundReport)}.
   */
  public static Verdict round(
      PingCheckStatus before,
      long generation,
      EffectiveThresholds thresholds,
      RoundReport report,
      String node) {
    Draft draft = new Draft(before, generation);
    if (LastRound.of(before, node).filter(last -> last.covers(report)).isPresent()) {
      return Verdict.toldBefore(before);
    }
    draft.isOf(report);
    new SourceRound(draft, thresholds, report, node).judge();
    return draft.finish();
  }

  /**
   * A round has ended, of a check that only one probe at a time can ping. A round that the status
   * tells of already changes nothing.
   */
  public static Verdict round(
      PingCheckStatus before, long generation, EffectiveThresholds thresholds, RoundReport report) {
    return isRepeated(before, report)
        ? Verdict.toldBefore(before)
        : judge(before, generation, thresholds, report);
  }

  /** The same, of a check that one probe may be handing over to another. */
  public static Verdict sharedRound(
      PingCheckStatus before, long generation, EffectiveThresholds thresholds, RoundReport report) {
    return LastRound.of(before).filter(last -> last.covers(report)).isPresent()
        ? Verdict.toldBefore(before)
        : judge(before, generation, thresholds, report);
  }

  private static boolean isRepeated(PingCheckStatus before, RoundReport report) {
    return LastRound.of(before).filter(last -> last.isSameProbesAtOrAfter(report)).isPresent();
  }

  private static Verdict judge(
      PingCheckStatus before, long generation, EffectiveThresholds thresholds, RoundReport report) {
    Draft draft = new Draft(before, generation);
    draft.isOf(report);
    Findings findings = new Findings(thresholds, draft.outages().isOpen(Problem.LOSS), report);
    Figures.write(draft.status(), report, findings);
    if (report.resolution().state() == Resolution.State.FORBIDDEN) {
      Forbidden.judge(draft, report);
      return draft.finish();
    }
    Forbidden.end(draft, report, findings.ranked());
    new Resolving(draft, report, findings.ranked()).judge();
    new Health(draft, thresholds, report, findings).judge();
    Punctuality.judge(draft, report);
    return draft.finish();
  }

  /** The status once its crossings are told: the next write may leave them out. */
  public static PingCheckStatus confirmed(PingCheckStatus told) {
    PingCheckStatus status = Draft.copy(told);
    status.setUnconfirmedEvents(List.of());
    return status;
  }

  /**
   * A status as it is stored: of many sources the worst alone. What is left out is judged as new
   * after a restart.
   */
  public static PingCheckStatus stored(PingCheckStatus status) {
    if (status.getSources().size() <= MOST_SOURCES) {
      return status;
    }
    PingCheckStatus stored = Draft.copy(status);
    stored.setSources(status.getSources().subList(0, MOST_SOURCES));
    return stored;
  }

  static boolean isSilent(PingCheckStatus status) {
    return status.getConditions().stream()
        .anyMatch(c ->
            ConditionType.HEALTHY.text().equals(c.getType()) && PROBE_SILENT.equals(c.getReason()));
  }

  private static List<ConditionType> measured() {
    return List.of(
        ConditionType.RESOLVED,
        ConditionType.REACHABLE,
        ConditionType.HEALTHY,
        ConditionType.ON_SCHEDULE);
  }

  /** Crossings are told to the millisecond: enough to tell two apart, short enough to read. */
  static Instant crossingTime(RoundReport report) {
    return report.endTime().truncatedTo(ChronoUnit.MILLIS);
  }
}
