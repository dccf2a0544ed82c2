package dev.pingcheck.verdict;

import dev.pingcheck.crd.EffectiveThresholds;
import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.crd.UnconfirmedEvent;
import dev.pingcheck.stats.RoundReport;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A check in the eyes of a test: what happens to it, and what is told of it. */
final class Observed {
  EffectiveThresholds thresholds = new EffectiveThresholds(20, 20, Optional.empty(), 1, 1);
  PingCheckStatus status;
  boolean urgent;

  private long generation = 1;
  private int rounds;
  private final List<String> events = new ArrayList<>();
  private String note = "";

  Observed() {
    this(new PingCheckStatus(), Rounds.PERIOD);
  }

  Observed(PingCheckStatus stored, Duration period) {
    take(Judge.accepted(stored, generation, Rounds.TARGET, period, Rounds.START));
  }

  Observed sees(RoundReport report) {
    rounds++;
    take(Judge.round(status, generation, thresholds, report));
    return this;
  }

  /** A round of one of several probes that share the checks. */
  Observed shares(RoundReport report) {
    rounds++;
    take(Judge.sharedRound(status, generation, thresholds, report));
    return this;
  }

  /** A round of a node's probe. */
  Observed seesFrom(String node, RoundReport report) {
    rounds++;
    take(Judge.round(status, generation, thresholds, report, node));
    return this;
  }

  /** These nodes fall silent, those leave. */
  Observed loses(Set<String> silent, Set<String> gone) {
    take(Judge.sourcesChanged(status, generation, silent, gone, Rounds.end(rounds)));
    return this;
  }

  /** A round that got so many of four replies and ended so long after the start. */
  Observed seesAfter(Duration time, int received) {
    return sees(Rounds.endingAt(Rounds.START.plus(time), Rounds.of(rounds + 1, received)));
  }

  Observed accepts(String target) {
    take(Judge.accepted(status, ++generation, target, Rounds.PERIOD, Rounds.end(rounds)));
    return this;
  }

  Observed suspends() {
    take(Judge.suspended(status, ++generation, Rounds.end(rounds)));
    return this;
  }

  Observed hearsNothing(Instant now) {
    take(Judge.silent(status, generation, Duration.ofSeconds(30), now));
    return this;
  }

  private void take(Verdict verdict) {
    urgent = verdict.urgent();
    verdict.status().getUnconfirmedEvents().stream()
        .map(UnconfirmedEvent::getReason)
        .forEach(events::add);
    verdict.status().getUnconfirmedEvents().forEach(e -> note = e.getNote());
    status = Judge.confirmed(verdict.status());
  }

  /** The reasons of all events since this was last asked. */
  List<String> events() {
    List<String> since = List.copyOf(events);
    events.clear();
    return since;
  }

  /** The sentence of the last event. */
  String note() {
    return note;
  }

  String condition(ConditionType type) {
    Condition found = find(type);
    return found.getStatus() + "/" + found.getReason();
  }

  String message(ConditionType type) {
    return find(type).getMessage();
  }

  private Condition find(ConditionType type) {
    return status.getConditions().stream()
        .filter(c -> c.getType().equals(type.text()))
        .findFirst()
        .orElseThrow();
  }
}
