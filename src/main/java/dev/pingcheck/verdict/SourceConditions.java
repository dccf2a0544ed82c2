package dev.pingcheck.verdict;

import dev.pingcheck.crd.SourceStatus;
import dev.pingcheck.verdict.Draft.State;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The conditions of a check that is pinged from several nodes: each is False while it is for one of
 * them. Nodes whose probe is silent are left out, and told.
 */
final class SourceConditions {
  static final String SOME_SILENT = "SomeProbesSilent";
  static final String LITERAL = "AddressLiteral";
  private static final String STALE = "StaleAddress";

  private final Draft draft;
  private final Sources sources;
  private final List<SourceStatus> silent;
  private final List<SourceStatus> forbidden;
  private final List<SourceStatus> telling;
  private final boolean isLiteral;
  private final Instant at;

  /**
   * @param isLiteral whether the hostname is an address
   */
  SourceConditions(Draft draft, boolean isLiteral, Instant at) {
    this.draft = draft;
    this.isLiteral = isLiteral;
    this.at = at;
    sources = new Sources(draft.status());
    silent = sources.those(Sources::isSilent);
    forbidden = sources.those(s -> Sources.isForbidden(s) && !Sources.isSilent(s));
    telling = sources.telling();
  }

  /** Sets all but Healthy. */
  void setMeasured() {
    if (silent.size() == sources.count()) {
      draft.condition(ConditionType.REACHABLE, silence(), silentSentence(), at);
      draft.condition(ConditionType.ON_SCHEDULE, silence(), silentSentence(), at);
      return;
    }
    resolved();
    reachable();
    onSchedule();
  }

  private static State silence() {
    return State.unknown(Judge.PROBE_SILENT);
  }

  private String silentSentence() {
    return SourceWords.silent(silent, sources.count());
  }

  private void resolved() {
    Map<String, List<SourceStatus>> by =
        Sources.byReason(
            sources.those(source -> !Sources.isSilent(source)), SourceStatus::getResolved);
    State state;
    String message;
    if (!forbidden.isEmpty()) {
      state = State.no(Forbidden.REASON);
      message = of(forbidden, "a policy forbids every address of the hostname");
    } else if (by.containsKey(Problem.UNRESOLVED.reason())) {
      state = State.no(Problem.UNRESOLVED.reason());
      message = of(by.get(state.reason()), "the hostname has no address");
    } else {
      boolean isStale = by.containsKey(STALE);
      state = State.yes(isLiteral ? LITERAL : isStale ? STALE : "Resolved");
      message =
          isStale
              ? of(by.get(STALE), "DNS fails and the last known address is used")
              : isLiteral
                  ? "The hostname is an address."
                  : "The hostname has an address everywhere.";
    }
    draft.condition(ConditionType.RESOLVED, state, message, at);
  }

  private String of(List<SourceStatus> those, String what) {
    return "On %s (%s) %s."
        .formatted(
            SourceWords.share(those.size(), sources.count()), SourceWords.names(those), what);
  }

  private void reachable() {
    Optional<SourceStatus> worst =
        telling.stream().filter(source -> source.getReachable() != null).findFirst();
    State state;
    String message;
    if (worst.isPresent()) {
      state = State.no(worst.get().getReachable());
      List<SourceStatus> those =
          telling.stream().filter(source -> source.getReachable() != null).toList();
      message = of(those, "nothing comes back");
    } else if (!forbidden.isEmpty()) {
      state = State.unknown(Forbidden.REASON);
      message = of(forbidden, "a policy forbids every address of the hostname");
    } else {
      state = State.yes("ReplyReceived");
      message = "Replies come back to " + SourceWords.share(telling.size(), sources.count()) + ".";
    }
    draft.condition(ConditionType.REACHABLE, state, message, at);
  }

  private void onSchedule() {
    Function<SourceStatus, String> late = SourceStatus::getLate;
    Map<String, List<SourceStatus>> by =
        Sources.byReason(sources.those(source -> !Sources.isSilent(source)), late);
    if (by.isEmpty()) {
      draft.condition(
          ConditionType.ON_SCHEDULE,
          State.yes(Punctuality.ON_TIME),
          Punctuality.ON_TIME_SENTENCE,
          at);
      return;
    }
    String reason = by.keySet().iterator().next();
    draft.condition(
        ConditionType.ON_SCHEDULE,
        State.no(reason),
        of(by.get(reason), "echo requests leave late or not at all"),
        at);
  }

  /** Sets Healthy; the outages are up to date by then. */
  void setHealthy() {
    List<SourceStatus> bad = telling.stream().filter(Sources::isBad).toList();
    Optional<Problem> gravest = Sources.gravest(bad);
    boolean wasBad = silent.stream().anyMatch(Sources::isBad);
    State state;
    String message;
    if (gravest.isPresent()) {
      state = State.no(gravest.get().reason());
      message = SourceWords.bad(bad, sources.count());
    } else if (silent.size() == sources.count() || wasBad) {
      state = silence();
      message = wasBad ? "Something was wrong when it was last heard of." : "";
    } else if (draft.outages().gravestOpen().isPresent()) {
      state = State.no(draft.outages().gravestOpen().get().reason());
      message = "It was bad from a node that is not asked any more; the next good round ends that.";
    } else if (!forbidden.isEmpty()) {
      state = State.unknown(Forbidden.REASON);
      message = of(forbidden, "a policy forbids every address of the hostname");
    } else {
      boolean pending = telling.stream().anyMatch(source -> Sources.streak(source).failures() > 0);
      boolean was = draft.state(ConditionType.HEALTHY).equals("True");
      state =
          pending && !was
              ? State.unknown("Pending")
              : State.yes(silent.isEmpty() ? "WithinThresholds" : SOME_SILENT);
      message = worst(pending);
    }
    String text = (message + " " + silentSentence()).strip();
    draft.condition(ConditionType.HEALTHY, state, text + Damping.note(draft.status()), at);
  }

  private String worst(boolean pending) {
    SourceStatus worst = sources.worst().orElseThrow();
    String sentence =
        "From the worst of %d nodes, %s, %s."
            .formatted(sources.count(), worst.getNode(), SourceWords.figures(worst));
    return pending ? sentence + " Not yet for long enough to be unhealthy." : sentence;
  }
}
