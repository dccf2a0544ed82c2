package dev.pingcheck.verdict;

import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.crd.RoundStatus;
import dev.pingcheck.crd.SourceStatus;
import dev.pingcheck.crd.UnconfirmedEvent;
import dev.pingcheck.stats.RoundId;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Plays a history as an operator does that is killed now and then: what is urgent is stored before
 * its report is let go; of the rest any part may be lost; and whoever starts again reads what is
 * stored, as JSON, says its crossings again, and is told some reports a second time.
 */
final class Crashes {
  private final SplittableRandom random;
  private final double deadly;
  private final Set<String> said = new TreeSet<>();
  private final List<Step> sinceStored = new ArrayList<>();
  private final List<Step> told = new ArrayList<>();
  private PingCheckStatus known = new PingCheckStatus();
  private PingCheckStatus stored = known;
  private Step.Accepted spec;
  private Step lastSpec;

  private Crashes(long seed) {
    random = new SplittableRandom(~seed);
    deadly = chance(0.5) ? 0.02 : 0.1;
  }

  /**
   * @param said gets every event, as its reason and time
   * @return the status after each step
   */
  static List<PingCheckStatus> play(List<Step> steps, long seed, Set<String> said) {
    Crashes operator = new Crashes(seed);
    List<PingCheckStatus> statuses = new ArrayList<>();
    for (Step step : steps) {
      operator.take(step);
      statuses.add(operator.known);
    }
    said.addAll(operator.said);
    return statuses;
  }

  private void take(Step step) {
    if (step instanceof Step.Accepted accepted) {
      spec = accepted;
    }
    if (step instanceof Step.Accepted || step instanceof Step.Suspended) {
      lastSpec = step;
    }
    Verdict verdict = step.judge(known, spec);
    if (chance(deadly)) {
      die(); // before anything of it is stored
      verdict = step.judge(known, spec);
    }
    known = verdict.status();
    told.add(step);
    if (verdict.urgent() || chance(0.2)) {
      store();
    } else {
      sinceStored.add(step);
    }
    if (chance(deadly)) {
      die();
    }
  }

  private void store() {
    stored = known;
    sinceStored.clear();
    if (chance(deadly)) {
      die(); // stored, and not said yet
    }
    say();
  }

  private void say() {
    for (UnconfirmedEvent event : known.getUnconfirmedEvents()) {
      said.add(event.getReason() + "@" + event.getTime());
    }
    known = Judge.confirmed(known);
  }

  private void die() {
    known = Serialization.unmarshal(Serialization.asJson(stored), PingCheckStatus.class);
    if (lastSpec != null) {
      Verdict verdict = lastSpec.judge(known, spec);
      known = verdict.status();
      if (verdict.urgent()) {
        stored = known;
      }
    }
    say();
    if (!(lastSpec instanceof Step.Accepted)) {
      return;
    }
    List<Step> again = new ArrayList<>(told.subList(Math.max(0, told.size() - 3), told.size()));
    again.removeIf(step -> !isStored(step));
    again.addAll(sinceStored.stream().filter(step -> chance(0.5)).toList());
    again.removeIf(step -> !isOfThisSpec(step)); // a new operator lets no older report speak
    for (Step step : again) {
      known = step.judge(known, spec).status();
    }
  }

  /** A report that was let go and is not in the status is never told again. */
  private boolean isStored(Step step) {
    return step instanceof Step.Round round
        && lastRound(round.node())
            .flatMap(RoundId::read)
            .filter(last -> round.report().id().isNotAfter(last))
            .isPresent();
  }

  private Optional<String> lastRound(String node) {
    return node.isEmpty()
        ? Optional.ofNullable(known.getLastRound()).map(RoundStatus::getId)
        : new Sources(known).of(node).map(SourceStatus::getRound);
  }

  private boolean isOfThisSpec(Step step) {
    return step instanceof Step.Round round && round.report().generation() >= spec.generation();
  }

  private boolean chance(double probability) {
    return random.nextDouble() < probability;
  }
}
