package dev.pingcheck.verdict;

import dev.pingcheck.crd.Outage;
import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.crd.UnconfirmedEvent;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The next status while it is being written; starts as a copy and never touches the original. */
final class Draft {

  /** How many outages a status remembers. Open ones are never dropped. */
  private static final int OUTAGES = 5;

  /** How many crossings a status keeps whose events could not be written yet. */
  private static final int UNCONFIRMED = 20;

  private final PingCheckStatus status;
  private boolean urgent;

  Draft(PingCheckStatus before, long generation) {
    status = copy(before);
    if (!Objects.equals(status.getObservedGeneration(), generation)) {
      status.setObservedGeneration(generation);
      urgent = true;
    }
  }

  /** A copy whose lists and parts are shared: this class replaces them and never changes them. */
  static PingCheckStatus copy(PingCheckStatus of) {
    PingCheckStatus copy = new PingCheckStatus();
    copy.setObservedGeneration(of.getObservedGeneration());
    copy.setPeriod(of.getPeriod());
    copy.setConditions(
        of.getConditions().stream().filter(c -> ConditionType.isOurs(c.getType())).toList());
    copy.setAddress(of.getAddress());
    copy.setAddresses(of.getAddresses());
    copy.setLastRound(of.getLastRound());
    copy.setLastTimeoutTime(of.getLastTimeoutTime());
    copy.setLastReplyTime(of.getLastReplyTime());
    copy.setConsecutiveFailures(of.getConsecutiveFailures());
    copy.setConsecutiveSuccesses(of.getConsecutiveSuccesses());
    copy.setOutages(of.getOutages());
    copy.setSources(of.getSources());
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

  private Optional<Condition> find(ConditionType type) {
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

  void say(EventReason reason, Instant time, String note) {
    UnconfirmedEvent event = new UnconfirmedEvent();
    event.setType(reason.type());
    event.setReason(reason.text());
    event.setTime(time);
    event.setNote(note);
    List<UnconfirmedEvent> all = new ArrayList<>(status.getUnconfirmedEvents());
    all.add(event);
    // Where events cannot be written for long, the newest crossings matter.
    int surplus = Math.max(0, all.size() - UNCONFIRMED);
    status.setUnconfirmedEvents(List.copyOf(all.subList(surplus, all.size())));
    urgent = true;
  }

  boolean isOpen(Problem problem) {
    return open(problem).isPresent();
  }

  private Optional<Outage> open(Problem problem) {
    return status.getOutages().stream()
        .filter(o -> o.getEnd() == null && problem.reason().equals(o.getReason()))
        .findFirst();
  }

  void open(Problem problem, Instant at) {
    List<Outage> all = new ArrayList<>(status.getOutages());
    all.addFirst(outage(problem, at, null));
    for (int i = all.size() - 1; i >= 0 && all.size() > OUTAGES; i--) {
      if (all.get(i).getEnd() != null) {
        all.remove(i);
      }
    }
    status.setOutages(all);
    urgent = true;
  }

  void close(Problem problem, Instant at) {
    open(problem)
        .ifPresent(outage -> {
          List<Outage> all = new ArrayList<>(status.getOutages());
          all.set(all.indexOf(outage), outage(problem, outage.getStart(), at));
          status.setOutages(all);
          urgent = true;
        });
  }

  private static Outage outage(Problem problem, Instant start, Instant end) {
    Outage outage = new Outage();
    outage.setReason(problem.reason());
    outage.setStart(start);
    outage.setEnd(end);
    return outage;
  }
}
