package dev.pingcheck.operator;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.link.PlanBook;
import dev.pingcheck.plan.Expiry;
import dev.pingcheck.plan.Planning;
import dev.pingcheck.plan.ProbePlan;
import dev.pingcheck.report.Publication;
import dev.pingcheck.report.Reporter;
import dev.pingcheck.report.Unsafe;
import dev.pingcheck.verdict.Judge;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Keeps one check after the other in order: plans it, judges what was reported of it, and has the
 * verdict told. The calls for one check come one after the other, those for several at once.
 */
final class CheckKeeper {

  /** The labels of a new namespace may come after its first check; its checks are woken then. */
  private static final Duration NAMESPACE_PATIENCE = Duration.ofSeconds(1);

  /** So often a check may change under its turn before the turn is ended and begun again later. */
  private static final int ATTEMPTS = 5;

  private final Governor governor;
  private final PlanBook plans;
  private final ReportInbox inbox;
  private final Reporter reporter;
  private final Leadership leadership;
  private final Clock clock;
  private final Map<String, Long> termByUid = new ConcurrentHashMap<>();
  private final Hearing hearing;
  private final Map<String, Long> asksTheSameSince = new ConcurrentHashMap<>();
  private final Map<String, String> uidByName = new ConcurrentHashMap<>();
  private final RecentlyGone gone = new RecentlyGone();
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();

  CheckKeeper(
      Governor governor,
      PlanBook plans,
      ReportInbox inbox,
      Reporter reporter,
      Leadership leadership,
      Clock clock) {
    this.governor = governor;
    this.plans = plans;
    this.inbox = inbox;
    this.reporter = reporter;
    this.leadership = leadership;
    this.clock = clock;
    hearing = new Hearing(plans, reporter, clock, leadership::writableSince);
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
      beginTerm(uid);
      Instant begun = clock.now();
      Optional<Planning> planning = governor.plan(check);
      if (planning.isEmpty()) {
        return Optional.of(NAMESPACE_PATIENCE);
      }
      admit(check, planning.get());
      Optional<Duration> again =
          leadership.role() == Leadership.Role.LEADER
              ? tell(check, planning.get())
              : Optional.empty();
      return sooner(again, Expiry.lookAgain(check, begun));
    } finally {
      underWay.remove(uid);
      clearIfGone(uid);
    }
  }

  /**
   * What was judged under an earlier term is what somebody else may have judged since. A role that
   * is not known yet is no term: a probe's reports wait for it.
   */
  private void beginTerm(String uid) {
    Leadership.Term now = leadership.term();
    Long before = termByUid.put(uid, now.number());
    if (before != null && before != now.number()) {
      inbox.putBack(uid, reporter.letGo(uid));
      hearing.forget(uid);
    }
    if (now.role() == Leadership.Role.STANDBY) {
      inbox.leaveToTheLeader(uid);
    }
  }

  private Optional<Duration> tell(PingCheck check, Planning planned) {
    PingCheck current = check;
    Planning planning = planned;
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      judgeSpec(current, planning);
      judgeReports(current, planning);
      if (!leadership.mayWrite()) {
        return Optional.empty(); // as soon as it may again, every check gets a turn
      }
      Optional<Duration> silence = judgeSilence(current, planning);
      switch (reporter.publish(current)) {
        case Publication.Told(Optional<Duration> again) -> {
          return sooner(silence, again);
        }
        case Publication.Overtaken(PingCheck now, List<Unsafe> again) -> {
          inbox.putBack(now.getMetadata().getUid(), again);
          Optional<Planning> anew = governor.plan(now);
          if (anew.isEmpty()) {
            return Optional.of(NAMESPACE_PATIENCE);
          }
          admit(now, anew.get());
          current = now;
          planning = anew.get();
        }
      }
    }
    throw new IllegalStateException(
        "the check changes faster than its status can be written; trying again");
  }

  private static Optional<Duration> sooner(Optional<Duration> one, Optional<Duration> other) {
    return Stream.of(one, other).flatMap(Optional::stream).min(Comparator.naturalOrder());
  }

  /** A check may be deleted during its turn, which then has brought some of it back. */
  private void clearIfGone(String uid) {
    if (gone.contains(uid)) {
      clear(uid);
    }
  }

  /** Only the plan: what a restarted operator does for all checks before the probe may dial. */
  void admit(PingCheck check) {
    governor.plan(check).ifPresent(planning -> admit(check, planning));
    clearIfGone(check.getMetadata().getUid());
  }

  /** The check is deleted: nothing is sent, told or remembered of it any more. From any thread. */
  void forget(String uid) {
    gone.add(uid);
    plans.remove(uid);
    governor.forget(uid);
    if (!underWay.contains(uid)) {
      clear(uid); // else its turn does so at its end
    }
  }

  /** How many entries all tables have together; of checks that are gone there is none. */
  int remembered() {
    return plans.size()
        + governor.remembered()
        + termByUid.size()
        + hearing.size()
        + asksTheSameSince.size()
        + uidByName.size()
        + underWay.size()
        + inbox.size()
        + reporter.known();
  }

  private void clear(String uid) {
    plans.remove(uid);
    governor.forget(uid);
    hearing.forget(uid);
    termByUid.remove(uid);
    asksTheSameSince.remove(uid);
    uidByName.values().remove(uid);
    reporter.bury(uid);
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
      if (!planned.plan().nodes().isEmpty()) {
        plans.nodes().need();
      }
      reporter.admit(uid, planned.plan().timing().period(), !planned.plan().nodes().isEmpty());
      if (asksAnew) {
        // Neither the silence nor a late report of what was asked before says anything.
        hearing.listenAnew(uid);
        asksTheSameSince.put(uid, planned.plan().check().generation());
      }
    } else {
      plans.remove(uid);
      hearing.forget(uid);
      asksTheSameSince.remove(uid);
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
              Judge.accepted(
                  before,
                  generation,
                  target(planned.plan()),
                  planned.plan().timing().period(),
                  clock.now());
          case Planning.Suspended suspended -> Judge.suspended(before, generation, clock.now());
          case Planning.Refused refused ->
              Judge.refused(before, generation, refused.reason(), refused.sentence(), clock.now());
        });
  }

  /**
   * What a verdict is about; the case of a name makes no difference (RFC 4343). It stands in every
   * status: another form of it would let every check start anew.
   */
  private static String target(ProbePlan plan) {
    return plan.hostname().toLowerCase(Locale.ROOT)
        + ", "
        + plan.families()
        + ", "
        + plan.addresses()
        + (plan.nodes().isEmpty() ? "" : ", from " + plan.nodes());
  }

  private void judgeReports(PingCheck check, Planning planning) {
    String uid = check.getMetadata().getUid();
    for (ReportInbox.Delivery delivery : inbox.take(uid)) {
      if (!(planning instanceof Planning.Planned)
          || isOfAnOlderSpec(delivery, check)
          || !leadership.accepts(delivery.round())) {
        delivery.safe().run(); // its round was under way when the spec or the lead changed
        continue;
      }
      hearing.judge(check, delivery);
    }
  }

  /**
   * A round of a spec that asked for other packets may be one of another host, and must not speak
   * for this one. If only thresholds have changed since, it counts.
   */
  private boolean isOfAnOlderSpec(ReportInbox.Delivery delivery, PingCheck check) {
    long since =
        asksTheSameSince.getOrDefault(
            check.getMetadata().getUid(), check.getMetadata().getGeneration());
    return delivery.report().generation() < since;
  }

  private Optional<Duration> judgeSilence(PingCheck check, Planning planning) {
    return planning instanceof Planning.Planned(ProbePlan plan)
        ? Optional.of(hearing.judgeSilence(check, plan))
        : Optional.empty();
  }
}
