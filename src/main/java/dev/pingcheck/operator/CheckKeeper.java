package dev.pingcheck.operator;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.crd.EffectiveThresholds;
import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.link.PlanBook;
import dev.pingcheck.plan.Planner;
import dev.pingcheck.plan.Planning;
import dev.pingcheck.plan.ProbePlan;
import dev.pingcheck.plan.ProbePlan.Timing;
import dev.pingcheck.report.Reporter;
import dev.pingcheck.verdict.Judge;
import dev.pingcheck.verdict.Verdict;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps one check after the other in order: plans it, judges what was reported of it, and has the
 * verdict told. The calls for one check come one after the other, those for several at once.
 */
final class CheckKeeper {

  /** Without a report for this many periods, and the length of a round, a check is silent. */
  private static final int SILENT_PERIODS = 3;

  /** A link that was broken may take this long to come back; that alone is no silence. */
  private static final Duration LEAST_PATIENCE = Duration.ofSeconds(15);

  private final PlanBook plans;
  private final ReportInbox inbox;
  private final Reporter reporter;
  private final Clock clock;
  private final Map<String, Long> lastHeard = new ConcurrentHashMap<>();
  private final Map<String, String> uidByName = new ConcurrentHashMap<>();
  private final RecentlyGone gone = new RecentlyGone();
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();

  CheckKeeper(PlanBook plans, ReportInbox inbox, Reporter reporter, Clock clock) {
    this.plans = plans;
    this.inbox = inbox;
    this.reporter = reporter;
    this.clock = clock;
  }

  /**
   * Brings everything about a check up to date.
   *
   * @return when to look again even if nothing happens; absent: never
   * @throws RuntimeException if the API server did not take a write; calling again resumes
   */
  Optional<Duration> keep(PingCheck check) {
    String uid = check.getMetadata().getUid();
    underWay.add(uid);
    try {
      Planning planning = Planner.plan(check);
      admit(check, planning);
      judgeSpec(check, planning);
      judgeReports(check, planning);
      Optional<Duration> next = judgeSilence(check, planning);
      reporter.publish(check);
      return next;
    } finally {
      underWay.remove(uid);
      clearIfGone(uid);
    }
  }

  /** A check may be deleted during its turn, which then has brought some of it back. */
  private void clearIfGone(String uid) {
    if (gone.contains(uid)) {
      clear(uid);
    }
  }

  /** Only the plan: what a restarted operator does for all checks before the probe may dial. */
  void admit(PingCheck check) {
    admit(check, Planner.plan(check));
    clearIfGone(check.getMetadata().getUid());
  }

  /** The check is deleted: nothing is sent, told or remembered of it any more. From any thread. */
  void forget(String uid) {
    gone.add(uid);
    plans.remove(uid);
    if (!underWay.contains(uid)) {
      clear(uid); // else its turn does so at its end
    }
  }

  private void clear(String uid) {
    plans.remove(uid);
    lastHeard.remove(uid);
    uidByName.values().remove(uid);
    reporter.forget(uid);
    inbox.take(uid).forEach(delivery -> delivery.safe().run());
  }

  private void admit(PingCheck check, Planning planning) {
    String uid = check.getMetadata().getUid();
    ObjectMeta of = check.getMetadata();
    String before = uidByName.put(of.getNamespace() + "/" + of.getName(), uid);
    if (before != null && !before.equals(uid)) {
      forget(before); // deleted and made anew before anybody looked
    }
    if (planning instanceof Planning.Planned planned) {
      boolean asksAnew = plans.find(uid).filter(planned.plan()::asksTheSameAs).isEmpty();
      plans.put(planned.plan());
      reporter.admit(uid, planned.plan().timing().period());
      if (asksAnew) {
        lastHeard.put(uid, clock.nanoTime()); // the silence of what was asked before says nothing
      }
    } else {
      plans.remove(uid);
      lastHeard.remove(uid);
      reporter.dismiss(uid);
    }
  }

  private void judgeSpec(PingCheck check, Planning planning) {
    PingCheckStatus before = reporter.status(check);
    long generation = check.getMetadata().getGeneration();
    reporter.take(
        check,
        switch (planning) {
          case Planning.Planned planned ->
              Judge.accepted(before, generation, planned.plan().timing().period(), clock.now());
          case Planning.Suspended suspended -> Judge.suspended(before, generation, clock.now());
          case Planning.Refused refused ->
              Judge.refused(before, generation, refused.reason(), refused.sentence(), clock.now());
        });
  }

  private void judgeReports(PingCheck check, Planning planning) {
    String uid = check.getMetadata().getUid();
    for (ReportInbox.Delivery delivery : inbox.take(uid)) {
      if (!(planning instanceof Planning.Planned) || isOfAnOlderSpec(delivery, check)) {
        delivery.safe().run(); // its round was under way when the spec changed
        continue;
      }
      lastHeard.put(uid, clock.nanoTime());
      PingCheckStatus before = reporter.status(check);
      Verdict verdict =
          Judge.round(
              before,
              check.getMetadata().getGeneration(),
              EffectiveThresholds.of(check.getSpec()),
              delivery.report());
      reporter.take(check, verdict, delivery.report(), delivery.safe());
    }
  }

  /** A report comes when its last echo is settled, and the first round waits for its phase. */
  private static Duration patience(Timing timing) {
    Duration round = timing.interval().multipliedBy(timing.count() - 1L).plus(timing.timeout());
    Duration patience = timing.period().multipliedBy(SILENT_PERIODS).plus(round);
    return patience.compareTo(LEAST_PATIENCE) < 0 ? LEAST_PATIENCE : patience;
  }

  /** A round of an older spec may be one of another host, and must not speak for this one. */
  private static boolean isOfAnOlderSpec(ReportInbox.Delivery delivery, PingCheck check) {
    return delivery.report().generation() < check.getMetadata().getGeneration();
  }

  private Optional<Duration> judgeSilence(PingCheck check, Planning planning) {
    if (!(planning instanceof Planning.Planned(ProbePlan plan))) {
      return Optional.empty();
    }
    Duration patience = patience(plan.timing());
    long heard = lastHeard.getOrDefault(check.getMetadata().getUid(), clock.nanoTime());
    Duration silence = Duration.ofNanos(clock.nanoTime() - heard);
    if (silence.compareTo(patience) < 0) {
      return Optional.of(patience.minus(silence));
    }
    reporter.take(
        check,
        Judge.silent(
            reporter.status(check), check.getMetadata().getGeneration(), silence, clock.now()));
    return Optional.of(patience);
  }
}
