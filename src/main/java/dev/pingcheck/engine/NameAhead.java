package dev.pingcheck.engine;

import dev.pingcheck.plan.ProbePlan;
import dev.pingcheck.resolve.Literals;
import dev.pingcheck.schedule.Phase;
import dev.pingcheck.schedule.WheelTimer;
import java.time.Duration;

/**
 * Has a check's name looked up shortly before its round, so that no round waits for DNS and no name
 * is looked up more often than it is used. As a timer it is due six to ten seconds before a round,
 * or half a period where that is shorter; how long comes from the check's UID.
 */
final class NameAhead extends WheelTimer {
  private static final Duration LEAST = Duration.ofSeconds(6);
  private static final Duration SPREAD = Duration.ofSeconds(4);

  private final Check check;
  private final RoundContext context;
  private final boolean isName;
  private final long lead;
  private long due;

  NameAhead(Check check, RoundContext context) {
    this.check = check;
    this.context = context;
    ProbePlan plan = check.plan();
    isName = !Literals.isLiteral(plan.hostname());
    lead =
        Math.min(
            LEAST.toNanos() + Phase.of(plan.check().uid(), SPREAD),
            plan.timing().period().toNanos() / 2);
  }

  /**
   * Prepares a round.
   *
   * @param now monotonic time
   * @param start when the round starts
   */
  void of(long now, long start) {
    if (isName) {
      due = start;
      context.loop().wheel().arm(this, Math.max(now, start - lead));
    }
  }

  void cancel() {
    context.loop().wheel().cancel(this);
  }

  @Override
  protected void fired(long now) {
    if (!check.isStopped() && due > now) {
      ProbePlan plan = check.plan();
      context.prepare(plan.hostname(), plan.families(), Duration.ofNanos(due - now));
    }
  }
}
