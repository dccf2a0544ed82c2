package dev.pingcheck.verdict;

import dev.pingcheck.crd.Durations;
import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.crd.SourceStatus;
import dev.pingcheck.stats.Evidence;
import dev.pingcheck.stats.EvidenceName;
import dev.pingcheck.stats.RoundReport;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The next status while it is being written; starts as a copy and never touches the original. */
final class Draft {

  private final PingCheckStatus status;
  private final OutageLog outages;
  private boolean urgent;
  private Evidence evidence = Evidence.NONE;
  private String evidenceFile = "";

  Draft(PingCheckStatus before, long generation) {
    status = copy(before);
    outages = new OutageLog(status);
    if (!Objects.equals(status.getObservedGeneration(), generation)) {
      status.setObservedGeneration(generation);
      // Rounds in a row are rounds of one spec: a threshold holds for those that it has seen.
      Streak.NONE.writeTo(status);
      new Sources(status).replace(status.getSources().stream().map(Draft::withoutStreak).toList());
      urgent = true;
    }
  }

  private static SourceStatus withoutStreak(SourceStatus source) {
    SourceStatus copy = Sources.copy(source);
    Sources.keep(Streak.NONE, copy);
    return copy;
  }

  /** A copy whose lists and parts are shared: this class replaces them and never changes them. */
  static PingCheckStatus copy(PingCheckStatus of) {
    PingCheckStatus copy = new PingCheckStatus();
    copy.setObservedGeneration(of.getObservedGeneration());
    copy.setTarget(of.getTarget());
    copy.setPeriod(of.getPeriod());
    copy.setConditions(
        of.getConditions().stream().filter(c -> ConditionType.isOurs(c.getType())).toList());
    copy.setAddress(of.getAddress());
    copy.setAddresses(of.getAddresses());
    copy.setAddressCount(of.getAddressCount());
    copy.setPinged(of.getPinged());
    copy.setLastRound(of.getLastRound());
    copy.setLastTimeoutTime(of.getLastTimeoutTime());
    copy.setLastReplyTime(of.getLastReplyTime());
    copy.setConsecutiveFailures(of.getConsecutiveFailures());
    copy.setConsecutiveSuccesses(of.getConsecutiveSuccesses());
    copy.setStreakStart(of.getStreakStart());
    copy.setOutages(of.getOutages());
    copy.setTurns(of.getTurns());
    copy.setSources(of.getSources());
    copy.setSourceCount(of.getSourceCount());
    copy.setUnconfirmedEvents(of.getUnconfirmedEvents());
    return copy;
  }

  PingCheckStatus status() {
    return status;
  }

  void markUrgent() {
    urgent = true;
  }

  Verdict finish() {
    return new Verdict(status, urgent, true);
  }

  /** The state of a condition: {@code True}, {@code False}, {@code Unknown}, or empty if absent. */
  String state(ConditionType type) {
    return find(type).map(Condition::getStatus).orElse("");
  }

  String reason(ConditionType type) {
    return find(type).map(Condition::getReason).orElse("");
  }

  String message(ConditionType type) {
    return find(type).map(Condition::getMessage).orElse("");
  }

  Optional<Condition> find(ConditionType type) {
    return status.getConditions().stream().filter(c -> type.text().equals(c.getType())).findFirst();
  }

  /**
   * Sets a condition. The transition time moves only with the state (Kubernetes API conventions,
   * typical status properties).
   */
  void condition(ConditionType type, State state, String message, Instant at) {
    Optional<Condition> before = find(type);
    boolean turned = !before.map(c -> state.value().equals(c.getStatus())).orElse(false);
    boolean retold = turned || !before.map(c -> state.reason().equals(c.getReason())).orElse(false);
    boolean observed =
        before
            .map(c -> Objects.equals(c.getObservedGeneration(), status.getObservedGeneration()))
            .orElse(false);
    if (observed && !retold && message.equals(before.orElseThrow().getMessage())) {
      return; // most rounds are like the one before: what is the same is kept, and not made again
    }
    // The reason of an unreachable host may change with every round; that alone is a figure.
    urgent |= turned || !observed || (retold && type != ConditionType.REACHABLE);
    Condition next =
        new ConditionBuilder()
            .withType(type.text())
            .withStatus(state.value())
            .withReason(state.reason())
            .withMessage(message)
            .withObservedGeneration(status.getObservedGeneration())
            .withLastTransitionTime(
                turned
                    ? at.truncatedTo(ChronoUnit.SECONDS).toString()
                    : before.orElseThrow().getLastTransitionTime())
            .build();
    List<Condition> all = new ArrayList<>(status.getConditions());
    all.removeIf(c -> type.text().equals(c.getType()));
    all.add(next);
    all.sort(Comparator.comparing(c -> ConditionType.ofText(c.getType())));
    status.setConditions(all);
  }

  /** A condition's value with its reason. */
  record State(String value, String reason) {
    boolean isOf(Condition condition) {
      return value.equals(condition.getStatus()) && reason.equals(condition.getReason());
    }

    static State yes(String reason) {
      return new State("True", reason);
    }

    static State no(String reason) {
      return new State("False", reason);
    }

    static State unknown(String reason) {
      return new State("Unknown", reason);
    }
  }

  /** What is said from now on is said of this round: a loss names the file of its packets. */
  void isOf(RoundReport report) {
    evidence = report.evidence();
    evidenceFile = EvidenceName.of(report).toString();
  }

  void say(EventReason reason, Instant time, String note) {
    boolean ofLoss = reason == EventReason.LOSS_THRESHOLD_EXCEEDED;
    status.setUnconfirmedEvents(
        Unsaid.with(
            status.getUnconfirmedEvents(), reason, time, ofLoss ? note + evidenceNote() : note));
    if (ofLoss && evidence.state() == Evidence.State.HELD) {
      status.getUnconfirmedEvents().getLast().setEvidence(evidenceFile);
    }
    urgent = true;
  }

  private String evidenceNote() {
    return switch (evidence.state()) {
      case NONE -> "";
      case HELD -> " Evidence: " + evidenceFile + ".";
      case MISSING -> " No evidence: " + evidence.detail() + ".";
    };
  }

  OutageLog outages() {
    return outages;
  }

  /** A status always tells its period before it tells of a round; an hour is the least harm. */
  Duration period() {
    String period = status.getPeriod();
    return period == null ? Duration.ofHours(1) : Durations.parse(period).orElseThrow();
  }
}
