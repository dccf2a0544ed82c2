package dev.pingcheck.link;

import dev.pingcheck.plan.Interruption;
import dev.pingcheck.plan.ProbePlan;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a probe believes at a time, and how it came to that. */
final class RecordingListener implements PlanListener {
  private final Map<String, ProbePlan> plans = new HashMap<>();
  private Optional<Interruption> interruption = Optional.empty();
  private int snapshots;
  private int deltas;

  @Override
  public synchronized void snapshot(Collection<ProbePlan> all, Optional<Interruption> missed) {
    interruption = missed;
    plans.clear();
    all.forEach(plan -> plans.put(plan.check().uid(), plan));
    snapshots++;
  }

  @Override
  public synchronized void put(ProbePlan plan) {
    plans.put(plan.check().uid(), plan);
    deltas++;
  }

  @Override
  public synchronized void removed(String uid) {
    plans.remove(uid);
    deltas++;
  }

  synchronized Set<ProbePlan> plans() {
    return Set.copyOf(plans.values());
  }

  /** What the last snapshot said is to be made up for. */
  synchronized Optional<Interruption> interruption() {
    return interruption;
  }

  synchronized int snapshots() {
    return snapshots;
  }

  synchronized int deltas() {
    return deltas;
  }
}
