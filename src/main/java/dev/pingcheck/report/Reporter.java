package dev.pingcheck.report;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.report.metrics.CheckMetrics;
import dev.pingcheck.report.status.WriteBudget;
import dev.pingcheck.report.status.WriteGate;
import dev.pingcheck.report.status.WriteKind;
import dev.pingcheck.report.status.WriteOutcome;
import dev.pingcheck.stats.RoundReport;
import dev.pingcheck.verdict.Judge;
import dev.pingcheck.verdict.Verdict;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Tells the world what a verdict says, in an order that survives a crash at any point: the status
 * first, with the crossings that it tells standing in it; then the probe may forget the report;
 * then the events, which may wait as long as they must. Whoever starts after a crash finds the
 * crossings in the status and says them again under the same name.
 *
 * <p>Each status is written on top of the version that it was judged from. When the check is not as
 * it was, all that is known here is what a restart would know: it is read again, and what is not
 * safe yet is judged again.
 *
 * <p>The calls for one check come one after the other, those for several at once.
 */
public final class Reporter {

  /** Where statuses go: {@link dev.pingcheck.report.status.StatusWriter#write}. */
  @FunctionalInterface
  public interface StatusSink {
    WriteOutcome write(PingCheck check, PingCheckStatus status, String resourceVersion);
  }

  /** Has a check published again, on another thread. */
  @FunctionalInterface
  public interface Wake {
    void check(String namespace, String name);
  }

  private final StatusSink statuses;
  private final EventTeller events;
  private final CheckMetrics metrics;
  private final WriteBudget budget;
  private final WriteGate gate;
  private final Wake wake;
  private final Clock clock;
  private final KnownChecks checks;
  private volatile CheckWatch watch = CheckWatch.NOBODY;

  public Reporter(
      StatusSink statuses,
      EventTeller events,
      CheckMetrics metrics,
      WriteBudget budget,
      WriteGate gate,
      Wake wake,
      Clock clock) {
    this.statuses = statuses;
    this.events = events;
    this.metrics = metrics;
    this.budget = budget;
    this.gate = gate;
    this.wake = wake;
    this.clock = clock;
    checks = new KnownChecks(events, gate, clock);
  }

  /** Shows it what is told from now on. */
  public void show(CheckWatch onlooker) {
    watch = onlooker;
  }

  /** A check is pinged with this period from now on, from several nodes or by one probe. */
  public void admit(String uid, Duration period, boolean isOfNodes) {
    budget.admit(uid, period, isOfNodes);
  }

  /** A check is not pinged any more, but is still told of. */
  public void dismiss(String uid) {
    budget.forget(uid);
  }

  /** A check is gone: so is everything that tells of it, its past too. */
  public void bury(String uid) {
    forget(uid);
    watch.forget(uid);
  }

  /** What is known of a check is of no use any more. */
  public void forget(String uid) {
    letGo(uid).forEach(round -> round.safe().run());
  }

  /**
   * What is known of a check is of no use any more, but perhaps the rounds that are not safe.
   *
   * @return these, in order
   */
  public List<Unsafe> letGo(String uid) {
    budget.forget(uid);
    metrics.forget(uid);
    Optional<KnownCheck> gone = checks.forget(uid);
    gone.ifPresent(known -> gate.forget(known.place));
    return gone.map(known -> known.unsafe.takeAll()).orElse(List.of());
  }

  /** Of how many checks something is known here. */
  public int known() {
    return checks.size();
  }

  /** The newest status of a check: the judged one, or at first sight the stored one. */
  public PingCheckStatus status(PingCheck check) {
    KnownCheck known = checks.of(check);
    known.isBeside(stored(check));
    return known.status;
  }

  /** The newest status of a check that was judged here, else the stored one. From any thread. */
  public PingCheckStatus lookAt(PingCheck check) {
    return checks
        .find(check.getMetadata().getUid())
        .map(known -> known.status)
        .orElseGet(() -> stored(check));
  }

  /** Takes a verdict to tell at the next {@link #publish}. */
  public void take(PingCheck check, Verdict verdict) {
    KnownCheck known = checks.of(check);
    known.status = verdict.status();
    known.urgent |= verdict.urgent();
    showStatus(check, verdict.status());
  }

  /**
   * Takes the verdict of a round to tell at the next {@link #publish}.
   *
   * @param safe is called when the round can no longer be lost
   */
  public void take(PingCheck check, Verdict verdict, RoundReport report, Runnable safe) {
    take(check, verdict, new Unsafe(report, safe));
  }

  /** The same for a round of whichever node. */
  public void take(PingCheck check, Verdict verdict, Unsafe round) {
    if (verdict.news()) {
      ObjectMeta of = check.getMetadata();
      RoundReport report = round.report();
      metrics.round(of.getUid(), of.getNamespace(), of.getName(), report);
      watch.round(report);
      if (!round.node().isEmpty()) {
        metrics.source(of.getUid(), of.getNamespace(), of.getName(), round.node(), report);
      }
    }
    takeAgain(check, verdict, round);
  }

  /** Takes the verdict of a round that was counted before, judged again. */
  public void takeAgain(PingCheck check, Verdict verdict, Unsafe round) {
    KnownCheck known = checks.of(check);
    known.figures |= verdict.news();
    take(check, verdict);
    known.byRound |= verdict.urgent();
    // First words may wait long for their turn, and while a probe's reports are not safe it holds
    // later ones back, of all checks. A good round that is lost is replaced by the next one. What
    // follows an unsafe round stays with it: whoever judges that one again needs its followers.
    if ((verdict.urgent() && known.hastens()) || !known.unsafe.isEmpty()) {
      known.unsafe.add(round, verdict);
    } else {
      round.safe().run();
    }
  }

  /**
   * Writes what is due.
   *
   * @throws RuntimeException if the API server did not take a write; calling again resumes
   */
  public Publication publish(PingCheck check) {
    KnownCheck known = checks.of(check);
    metrics.sources(check.getMetadata().getUid(), known.status.getSources());
    Optional<WriteKind> kind = due(check, known);
    if (kind.isPresent()) {
      Duration wait = gate.enter(kind.get(), known.place, () -> wake(check));
      if (!wait.isZero() && kind.get() != WriteKind.FIGURES) {
        return new Publication.Told(Optional.of(wait));
      }
      if (wait.isZero()) {
        switch (write(check, known, kind.get())) {
          case WriteOutcome.Written(String version) -> written(check, known, kind.get(), version);
          case WriteOutcome.Overtaken(PingCheck now) -> {
            return startAgain(now, known);
          }
          case WriteOutcome.Gone() -> {
            forget(check.getMetadata().getUid());
            return new Publication.Told(Optional.empty());
          }
        }
      }
    }
    sayEvents(check, known);
    return new Publication.Told(known.confirmBy.map(this::until));
  }

  private void wake(PingCheck check) {
    wake.check(check.getMetadata().getNamespace(), check.getMetadata().getName());
  }

  private Duration until(long due) {
    return Duration.ofNanos(Math.max(1, due - clock.nanoTime()));
  }

  private Optional<WriteKind> due(PingCheck check, KnownCheck known) {
    if (known.urgent) {
      return Optional.of(known.urgency());
    }
    if (known.confirmBy.filter(due -> clock.nanoTime() - due >= 0).isPresent()) {
      return Optional.of(WriteKind.WORDS);
    }
    boolean due =
        known.figures
            && (!known.told || gate.areFiguresDue(check.getMetadata().getUid(), known.place));
    return due ? Optional.of(WriteKind.FIGURES) : Optional.empty();
  }

  private WriteOutcome write(PingCheck check, KnownCheck known, WriteKind kind) {
    try {
      return statuses.write(check, Judge.stored(known.status), known.resourceVersion);
    } finally {
      gate.leave(kind);
    }
  }

  private void written(PingCheck check, KnownCheck known, WriteKind kind, String version) {
    gate.written(kind, check.getMetadata().getUid(), known.place);
    int before = known.states;
    boolean byRound = known.byRound;
    known.isStored(version);
    Transitions.tell(check, before, known.status, byRound);
    known.unsafe.safe();
  }

  private Publication startAgain(PingCheck now, KnownCheck overtaken) {
    KnownCheck fresh = checks.startAgain(now, overtaken.place);
    int rounds = overtaken.unsafe.size();
    List<Unsafe> again = overtaken.unsafe.takeUntoldBy(fresh.status);
    if (again.size() < rounds) { // a write of ours went through, though its answer was lost
      Transitions.tell(now, overtaken.states, fresh.status, true);
    }
    return new Publication.Overtaken(now, again);
  }

  private void sayEvents(PingCheck check, KnownCheck known) {
    if (known.status.getUnconfirmedEvents().isEmpty()) {
      return;
    }
    known.status = events.say(check, known.status, watch);
    // Stored along with the next figures, or by then; until then a repeat meets the event.
    double share = 0.8 + 0.2 * ThreadLocalRandom.current().nextDouble();
    long within = (long) (events.confirmWithin().toNanos() * share);
    known.confirmBy = Optional.of(clock.nanoTime() + within);
  }

  private void showStatus(PingCheck check, PingCheckStatus status) {
    metrics.status(check.getMetadata(), status);
  }

  /** The status as the API server has it; of one that has none, always the same empty one. */
  public static PingCheckStatus stored(PingCheck check) {
    return KnownChecks.stored(check);
  }
}
