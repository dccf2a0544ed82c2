package dev.pingcheck.operator;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.crd.EffectiveThresholds;
import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.link.PlanBook;
import dev.pingcheck.plan.ProbePlan;
import dev.pingcheck.report.Reporter;
import dev.pingcheck.stats.RoundReport;
import dev.pingcheck.verdict.Judge;
import dev.pingcheck.verdict.Verdict;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Judges what probes say of a check, and that they say nothing.
 *
 * <p>Thread safe; the calls for one check come one after the other.
 */
final class Hearing {
  private final PlanBook plans;
  private final Reporter reporter;
  private final Clock clock;
  private final SignsOfLife signs;
  private final SourceWatch sources;

  /**
   * @param listensSince since when silence means anything, in monotonic nanoseconds
   */
  Hearing(PlanBook plans, Reporter reporter, Clock clock, LongSupplier listensSince) {
    this.plans = plans;
    this.reporter = reporter;
    this.clock = clock;
    signs = new SignsOfLife(clock, listensSince);
    sources = new SourceWatch(plans.nodes(), reporter, clock, listensSince);
  }

  /** Something else is asked from now on: nothing that was said, or was not, is about it. */
  void listenAnew(String uid) {
    signs.heard(uid, Duration.ZERO);
    sources.forget(uid);
  }

  void forget(String uid) {
    signs.forget(uid);
    sources.forget(uid);
  }

  /** How many entries its tables have. */
  int size() {
    return signs.size() + sources.size();
  }

  /** A round has ended. Who tells nothing new is not heard: what it says leads to no verdict. */
  void judge(PingCheck check, ReportInbox.Delivery delivery) {
    Verdict verdict = verdict(check, delivery);
    if (verdict.news()) {
      heard(check.getMetadata().getUid(), delivery);
    }
    if (delivery.counted()) {
      reporter.takeAgain(check, verdict, delivery.round());
    } else {
      reporter.take(check, verdict, delivery.round());
    }
  }

  private void heard(String uid, ReportInbox.Delivery delivery) {
    Duration delay = Duration.ofNanos(delivery.report().pacing().longestDelay());
    String node = delivery.round().node();
    if (node.isEmpty()) {
      signs.heard(uid, delay);
    } else {
      sources.heard(uid, node, delay);
    }
  }

  private Verdict verdict(PingCheck check, ReportInbox.Delivery delivery) {
    long generation = check.getMetadata().getGeneration();
    RoundReport report = delivery.report();
    PingCheckStatus before = reporter.status(check);
    EffectiveThresholds thresholds = EffectiveThresholds.of(check.getSpec());
    String node = delivery.round().node();
    if (!node.isEmpty()) {
      return Judge.round(before, generation, thresholds, report, node);
    }
    return plans.isShared()
        ? Judge.sharedRound(before, generation, thresholds, report)
        : Judge.round(before, generation, thresholds, report);
  }

  /**
   * Judges who has said nothing for too long.
   *
   * @return when to look again even if nothing happens
   */
  Duration judgeSilence(PingCheck check, ProbePlan plan) {
    if (!plan.nodes().isEmpty()) {
      return sources.judge(check, plan);
    }
    signs.listen(check.getMetadata().getUid()); // whoever takes over has heard nothing yet
    Duration patience = signs.patience(check.getMetadata().getUid(), plan.timing());
    Duration silence = signs.silence(check.getMetadata().getUid());
    if (silence.compareTo(patience) < 0) {
      return patience.minus(silence);
    }
    reporter.take(
        check,
        Judge.silent(
            reporter.status(check), check.getMetadata().getGeneration(), silence, clock.now()));
    return patience;
  }
}
