package dev.pingcheck.link;

import dev.pingcheck.plan.Interruption;
import dev.pingcheck.plan.ProbePlan;
import java.util.Collection;
import java.util.Optional;

/**
 * Learns which plans a probe should hold. All calls come in order from one thread of the link and
 * must not block it.
 */
public interface PlanListener {

  /**
   * Exactly these plans hold from now on.
   *
   * @param interruption what checks that begin now have to make up for
   */
  void snapshot(Collection<ProbePlan> plans, Optional<Interruption> interruption);

  /** This plan is new or replaces the one of the same check. */
  void put(ProbePlan plan);

  /** The check is no more. */
  void removed(String uid);

  /** The packets of a round are asked for, to be given to {@link LinkClient#answer}. */
  default void asked(EvidenceQuestion question) {}
}
