package dev.pingcheck.verdict;

import dev.pingcheck.crd.EffectiveThresholds;
import dev.pingcheck.stats.AddressRound;
import dev.pingcheck.stats.LossReason;
import dev.pingcheck.stats.Resolution;
import dev.pingcheck.stats.RoundReport;
import dev.pingcheck.stats.RttSummary;
import dev.pingcheck.verdict.Draft.State;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one round means for the conditions. The rules:
 *
 * <ul>
 *   <li>Resolved and Reachable follow each round at once.
 *   <li>A round is bad when its name has no address, its loss is bad or its average time is bad.
 *       After failureThreshold bad rounds in a row the problems of the round open; after
 *       successThreshold good ones in a row all close. Unresolved closes as soon as the name has an
 *       address again.
 *   <li>Healthy is False while a problem is open. It is True after a good round otherwise; a bad
 *       round below the threshold leaves it as it was.
 * </ul>
 */
final class Health {
  private final Draft draft;
  private final EffectiveThresholds thresholds;
  private final RoundReport report;
  private final Optional<AddressRound> worst;
  private final Instant at;

  Health(
      Draft draft,
      EffectiveThresholds thresholds,
      RoundReport report,
      Optional<AddressRound> worst) {
    this.draft = draft;
    this.thresholds = thresholds;
    this.report = report;
    this.worst = worst;
    this.at = Judge.crossingTime(report);
  }

  void judgeResolution() {
    boolean wasFailed = draft.state(ConditionType.RESOLVED).equals("False");
    Resolution resolution = report.resolution();
    State state =
        switch (resolution.state()) {
          case LITERAL -> State.yes("AddressLiteral");
          case RESOLVED -> State.yes("Resolved");
          case STALE -> State.yes("StaleAddress");
          case FAILED -> State.no("ResolutionFailed");
        };
    draft.condition(ConditionType.RESOLVED, state, resolutionMessage(resolution), at);
    boolean isFailed = resolution.state() == Resolution.State.FAILED;
    if (isFailed && !wasFailed) {
      draft.say(EventReason.RESOLUTION_FAILED, at, resolution.detail());
    } else if (!isFailed && wasFailed) {
      draft.say(EventReason.RESOLUTION_RESTORED, at, resolutionMessage(resolution));
    }
    if (!isFailed) {
      draft.close(Problem.UNRESOLVED, at);
    }
  }

  private String resolutionMessage(Resolution resolution) {
    String address = worst.map(AddressRound::address).orElse("no address");
    return switch (resolution.state()) {
      case LITERAL -> "The hostname is an address.";
      case RESOLVED -> "The hostname resolves to " + address + ".";
      case STALE ->
          "Using "
              + address
              + ", known for "
              + resolution.age().toSeconds()
              + " s: "
              + resolution.detail();
      case FAILED -> resolution.detail();
    };
  }

  void judgeReachability() {
    if (worst.isEmpty()) {
      draft.condition(
          ConditionType.REACHABLE,
          State.no("Unresolved"),
          "The hostname has no address to ping.",
          at);
      return;
    }
    AddressRound round = worst.get();
    if (round.received() > 0) {
      draft.condition(
          ConditionType.REACHABLE, State.yes("ReplyReceived"), round.address() + " replies.", at);
    } else {
      draft.condition(
          ConditionType.REACHABLE,
          State.no(Figures.reason(mainReason(round.lost()))),
          "None of " + round.sent() + " echo requests to " + round.address() + " was answered.",
          at);
    }
  }

  void judgeThresholds() {
    Map<Problem, String> problems = problems();
    int failuresBefore = count(draft.status().getConsecutiveFailures());
    int successesBefore = count(draft.status().getConsecutiveSuccesses());
    int failures = problems.isEmpty() ? 0 : failuresBefore + 1;
    int successes = problems.isEmpty() ? successesBefore + 1 : 0;
    draft.status().setConsecutiveFailures(failures);
    draft.status().setConsecutiveSuccesses(successes);
    if (failures >= thresholds.failureThreshold()) {
      problems.forEach(this::open);
    } else if (failures > 0 || (isDegraded() && successes < thresholds.successThreshold())) {
      draft.markUrgent(); // the streak decides about a crossing: it must outlive a restart
    }
    boolean failuresBroken = failures == 0 && failuresBefore > 0;
    boolean successesBroken = successes == 0 && successesBefore > 0 && isDegraded();
    if ((failuresBroken && thresholds.failureThreshold() > 1)
        || (successesBroken && thresholds.successThreshold() > 1)) {
      draft.markUrgent(); // a broken streak must not be whole again after a restart
    }
    if (successes >= thresholds.successThreshold()) {
      closeAll();
    }
    healthy(problems);
  }

  private Map<Problem, String> problems() {
    Map<Problem, String> found = new EnumMap<>(Problem.class);
    if (worst.isEmpty()) {
      found.put(Problem.UNRESOLVED, report.resolution().detail());
    }
    worst
        .filter(r -> thresholds.isLossBad(r.lossPercent(), draft.isOpen(Problem.LOSS)))
        .ifPresent(r -> found.put(Problem.LOSS, lossSentence(r)));
    report.addresses().stream()
        .filter(r -> r.rtt().isPresent())
        .max(Comparator.comparingLong(r -> r.rtt().map(RttSummary::avg).orElse(0L)))
        .filter(r -> thresholds.isRttBad(r.rtt().orElseThrow().avg()))
        .ifPresent(r -> found.put(Problem.RTT, rttSentence(r)));
    return found;
  }

  private void open(Problem problem, String sentence) {
    if (!draft.isOpen(problem)) {
      draft.open(problem, at);
      problem.opens().ifPresent(event -> draft.say(event, at, sentence));
    }
  }

  private void closeAll() {
    for (Problem problem : Problem.values()) {
      if (draft.isOpen(problem)) {
        draft.close(problem, at);
        problem.closes().ifPresent(event -> draft.say(event, at, goodSentence()));
      }
    }
  }

  private void healthy(Map<Problem, String> problems) {
    Optional<Problem> gravest = gravestOpen();
    if (gravest.isPresent()) {
      String message =
          problems.getOrDefault(
              gravest.get(),
              "Good rounds in a row: "
                  + draft.status().getConsecutiveSuccesses()
                  + " of the "
                  + thresholds.successThreshold()
                  + " that recover.");
      draft.condition(ConditionType.HEALTHY, State.no(gravest.get().reason()), message, at);
    } else if (problems.isEmpty()) {
      draft.condition(ConditionType.HEALTHY, State.yes("WithinThresholds"), goodSentence(), at);
    } else {
      String before = draft.state(ConditionType.HEALTHY);
      State state =
          before.equals("True") ? State.yes("WithinThresholds") : State.unknown("Pending");
      draft.condition(
          ConditionType.HEALTHY,
          state,
          "Bad rounds in a row: "
              + draft.status().getConsecutiveFailures()
              + " of the "
              + thresholds.failureThreshold()
              + " that degrade.",
          at);
    }
  }

  private boolean isDegraded() {
    return gravestOpen().isPresent();
  }

  private Optional<Problem> gravestOpen() {
    for (Problem problem : Problem.values()) {
      if (draft.isOpen(problem)) {
        return Optional.of(problem);
      }
    }
    return Optional.empty();
  }

  private String lossSentence(AddressRound round) {
    int lost = round.sent() - round.received();
    return "%d of %d echo requests to %s were lost (%d %%); the threshold is %d %%."
        .formatted(
            lost, round.sent(), round.address(), round.lossPercent(), thresholds.lossPercent());
  }

  private String rttSentence(AddressRound round) {
    return "The average round-trip time to %s is %s; the threshold is %s."
        .formatted(
            round.address(),
            Figures.duration(round.rtt().orElseThrow().avg()),
            Figures.duration(thresholds.rtt().orElseThrow().toNanos()));
  }

  private String goodSentence() {
    return worst
        .map(r ->
            "%d of %d echo requests to %s were answered."
                .formatted(r.received(), r.sent(), r.address()))
        .orElse("The last round was good.");
  }

  private static int count(Integer stored) {
    return stored == null ? 0 : stored;
  }

  private static LossReason mainReason(Map<LossReason, Integer> lost) {
    return lost.entrySet().stream()
        .max(
            Map.Entry.<LossReason, Integer>comparingByValue()
                .thenComparing(Map.Entry.<LossReason, Integer>comparingByKey().reversed()))
        .map(Map.Entry::getKey)
        .orElse(LossReason.TIMEOUT);
  }
}
