package dev.pingcheck.verdict;

import dev.pingcheck.stats.AddressRound;
import dev.pingcheck.stats.RoundReport;
import dev.pingcheck.verdict.Draft.State;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * What it means that a policy forbids every address of a check: nothing was sent, so nothing is
 * known of the host. Open problems stay open, but for that of a name without an address, which has
 * one now; no streak goes on or ends.
 */
final class Forbidden {
  static final String REASON = "TargetForbidden";

  private Forbidden() {}

  /** The probe has resolved the name and pinged nothing. */
  static void judge(Draft draft, RoundReport report) {
    Instant at = Judge.crossingTime(report);
    String sentence = report.resolution().detail();
    draft.outages().close(Problem.UNRESOLVED, report.startTime().truncatedTo(ChronoUnit.MILLIS));
    sayIfNew(draft, ConditionType.RESOLVED, REASON, sentence, at);
    draft.condition(ConditionType.RESOLVED, State.no(REASON), sentence, at);
    draft.condition(ConditionType.REACHABLE, State.unknown(REASON), sentence, at);
    draft.condition(ConditionType.HEALTHY, State.unknown(REASON), sentence, at);
    Punctuality.judge(draft, report);
  }

  /** Says that the name has an address again that may be pinged. */
  static void end(Draft draft, RoundReport report, List<AddressRound> ranked) {
    boolean was = draft.reason(ConditionType.RESOLVED).equals(REASON);
    if (was && !ranked.isEmpty()) {
      draft.say(
          EventReason.RESOLUTION_RESTORED,
          Judge.crossingTime(report),
          Resolving.message(report.resolution(), ranked));
    }
  }

  /** Says the event once, when a condition is about to get the reason that it did not have. */
  static void sayIfNew(
      Draft draft, ConditionType type, String reason, String sentence, Instant at) {
    if (reason.equals(REASON) && !draft.reason(type).equals(REASON)) {
      draft.say(EventReason.TARGET_FORBIDDEN, at, sentence);
    }
  }
}
