package dev.pingcheck.operator;

import dev.pingcheck.link.Placement;
import dev.pingcheck.link.PlanBook;
import dev.pingcheck.link.ReportHandler;
import dev.pingcheck.plan.ProbePlan;
import dev.pingcheck.plan.ProbePlan.CheckRef;
import dev.pingcheck.report.Unsafe;
import dev.pingcheck.stats.RoundReport;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Lays each report that concerns this operator into the inbox, and wakes its check. */
final class ReportIntake implements ReportHandler {
  private final PlanBook plans;
  private final ReportInbox inbox;
  private final Leadership leadership;
  private final BiConsumer<String, String> wake;

  /**
   * @param wake has a check looked at, by namespace and name; must not block
   */
  ReportIntake(
      PlanBook plans, ReportInbox inbox, Leadership leadership, BiConsumer<String, String> wake) {
    this.plans = plans;
    this.inbox = inbox;
    this.leadership = leadership;
    this.wake = wake;
  }

  @Override
  public void handle(Placement from, RoundReport report, Runnable safe) {
    Optional<ProbePlan> plan = plans.find(report.checkUid()).filter(p -> concerns(p, from));
    if (plan.isEmpty()) {
      safe.run(); // its round was under way when the check was deleted or moved
      return;
    }
    inbox.put(new ReportInbox.Delivery(unsafe(from, report, safe), false));
    if (leadership.role() == Leadership.Role.STANDBY) {
      inbox.leaveToTheLeader(report.checkUid());
      return;
    }
    if (plans.find(report.checkUid()).isEmpty()) { // deleted just now: nobody will take it
      inbox.take(report.checkUid()).forEach(delivery -> delivery.safe().run());
    }
    CheckRef check = plan.get().check();
    wake.accept(check.namespace(), check.name());
  }

  private static Unsafe unsafe(Placement from, RoundReport report, Runnable safe) {
    String node = from instanceof Placement.OnNode(String name, String pod) ? name : "";
    return new Unsafe(report, safe, node, !(from instanceof Placement.Beside));
  }

  /**
   * Whether a probe there is asked to ping that check. Before the nodes are known one on a node has
   * been told so by an operator before this one.
   */
  private boolean concerns(ProbePlan plan, Placement from) {
    if (from instanceof Placement.OnNode(String node, String pod)) {
      boolean wasAsked = !plans.nodes().isKnown() && !plan.nodes().isEmpty();
      return wasAsked || plans.nodes().matches(node, plan.nodes());
    }
    return plan.nodes().isEmpty();
  }
}
