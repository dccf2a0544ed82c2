package dev.pingcheck.link;

import dev.pingcheck.plan.ProbePlan;
import java.util.Collection;

/**
 * Learns which plans a probe should hold. All calls come in order from one thread of the link and
 * must not block it.
 */
public interface PlanListener {

  /** Exactly these plans hold from now on. */
  void snapshot(Collection<ProbePlan> plans);

  /** This plan is new or replaces the one of the same check. */
  void put(ProbePlan plan);

  /** The check is no more. */
  void removed(String uid);
}
