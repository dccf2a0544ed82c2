package dev.pingcheck.link;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.plan.Interruption;
import dev.pingcheck.plan.ProbePlan;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The plans as a probe follows them: until it takes leave, and without an operator for a bounded
 * time.
 *
 * <p>Belongs to the link's thread.
 */
final class FollowedPlans implements PlanListener {
  private static final System.Logger LOG = System.getLogger(FollowedPlans.class.getName());

  private final PlanListener listener;
  private final Parting parting;
  private final Duration aloneFor;
  private final Clock clock;
  private boolean arePlans;
  private boolean areUpToDate;
  private long aloneSince;

  /**
   * @param listener carries them out
   * @param aloneFor how long they hold without an operator
   */
  FollowedPlans(PlanListener listener, Parting parting, Duration aloneFor, Clock clock) {
    this.listener = listener;
    this.parting = parting;
    this.aloneFor = aloneFor;
    this.clock = clock;
  }

  @Override
  public void snapshot(Collection<ProbePlan> plans, Optional<Interruption> interruption) {
    areUpToDate = true;
    arePlans = true;
    if (!parting.hasBegun()) {
      LOG.log(System.Logger.Level.INFO, () -> "The operator asks for " + plans.size() + " checks.");
      listener.snapshot(plans, interruption);
    }
  }

  @Override
  public void put(ProbePlan plan) {
    if (!parting.hasBegun()) {
      listener.put(plan);
    }
  }

  @Override
  public void removed(String uid) {
    if (!parting.hasBegun()) {
      listener.removed(uid);
    }
  }

  @Override
  public void asked(EvidenceQuestion question) {
    listener.asked(question);
  }

  /**
   * The operator is away.
   *
   * @return whether it has told the plans before it went
   */
  boolean leftAlone() {
    boolean were = areUpToDate;
    if (were) {
      areUpToDate = false;
      aloneSince = clock.nanoTime();
    }
    return were;
  }

  /** Suspends all checks when nobody has told of them for too long; to be called now and then. */
  void checkAlone() {
    boolean tooLong = clock.nanoTime() - aloneSince >= aloneFor.toNanos();
    if (arePlans && !areUpToDate && tooLong) {
      arePlans = false;
      LOG.log(
          System.Logger.Level.WARNING,
          () -> "No operator for " + aloneFor + "; all checks are suspended.");
      listener.snapshot(List.of(), Optional.empty());
    }
  }
}
