package dev.pingcheck.report;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.crd.UnconfirmedEvent;
import dev.pingcheck.report.metrics.CheckMetrics;
import dev.pingcheck.report.status.WriteBudget;
import dev.pingcheck.stats.RoundReport;
import dev.pingcheck.verdict.Judge;
import dev.pingcheck.verdict.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * Tells the world what a verdict says, in an order that survives a crash at any point: the status
 * first, with the crossings that it tells standing in it; then the probe may forget the report;
 * then the events, which may wait as long as they must. Whoever starts after a crash finds the
 * crossings in the status and says them again under the same name.
 *
 * <p>The calls for one check come one after the other, those for several at once.
 */
public final class Reporter {

  /** Where statuses go: {@link dev.pingcheck.report.status.StatusWriter#write}. */
  @FunctionalInterface
  public interface StatusSink {
    boolean write(PingCheck check, PingCheckStatus status);
  }

  /** Where events go: {@link dev.pingcheck.report.events.EventWriter#say}. */
  @FunctionalInterface
  public interface EventSink {
    void say(PingCheck check, UnconfirmedEvent crossing);
  }

  /** What is known of a check here, ahead of what the API server knows. */
  private static final class Known {
    private PingCheckStatus status;
    private boolean urgent;
    private boolean figures;
    private long lastWrite = Long.MIN_VALUE;
    private final List<Runnable> unsafe = new ArrayList<>();

    Known(PingCheckStatus status) {
      this.status = status;
    }
  }

  private final StatusSink statuses;
  private final EventSink events;
  private final CheckMetrics metrics;
  private final WriteBudget budget;
  private final Clock clock;
  private final RandomGenerator random;
  private final Map<String, Known> byUid = new ConcurrentHashMap<>();

  public Reporter(
      StatusSink statuses,
      EventSink events,
      CheckMetrics metrics,
      WriteBudget budget,
      Clock clock,
      RandomGenerator random) {
    this.statuses = statuses;
    this.events = events;
    this.metrics = metrics;
    this.budget = budget;
    this.clock = clock;
    this.random = random;
  }

  /** A check is pinged with this period from now on. */
  public void admit(String uid, Duration period) {
    budget.admit(uid, period);
  }

  /** A check is not pinged any more, but is still told of. */
  public void dismiss(String uid) {
    budget.forget(uid);
  }

  /** A check is gone: so is everything that tells of it. */
  public void forget(String uid) {
    budget.forget(uid);
    metrics.forget(uid);
    Known gone = byUid.remove(uid);
    if (gone != null) {
      gone.unsafe.forEach(Runnable::run);
    }
  }

  /** The newest status of a check: the judged one, or at first sight the stored one. */
  public PingCheckStatus status(PingCheck check) {
    return known(check).status;
  }

  /** Takes a verdict to tell at the next {@link #publish}. */
  public void take(PingCheck check, Verdict verdict) {
    Known known = known(check);
    known.status = verdict.status();
    known.urgent |= verdict.urgent();
    showConditions(check, verdict.status());
  }

  /**
   * Takes the verdict of a round to tell at the next {@link #publish}.
   *
   * @param safe is called when the round can no longer be lost
   */
  public void take(PingCheck check, Verdict verdict, RoundReport report, Runnable safe) {
    Known known = known(check);
    if (verdict.news()) {
      known.figures = true;
      String namespace = check.getMetadata().getNamespace();
      metrics.round(check.getMetadata().getUid(), namespace, check.getMetadata().getName(), report);
    }
    take(check, verdict);
    if (verdict.urgent()) {
      known.unsafe.add(safe);
    } else {
      safe.run();
    }
  }

  /**
   * Writes what is due.
   *
   * @throws RuntimeException if the API server did not take a write; calling again resumes
   */
  public void publish(PingCheck check) {
    Known known = known(check);
    if (known.urgent || (known.figures && areFiguresDue(check, known))) {
      if (!statuses.write(check, known.status)) {
        forget(check.getMetadata().getUid());
        return;
      }
      known.urgent = false;
      known.figures = false;
      known.lastWrite = clock.nanoTime();
      known.unsafe.forEach(Runnable::run);
      known.unsafe.clear();
    }
    sayEvents(check, known);
  }

  private boolean areFiguresDue(PingCheck check, Known known) {
    Duration spacing = budget.spacing(check.getMetadata().getUid());
    if (spacing.isZero() || known.lastWrite == Long.MIN_VALUE) {
      return true;
    }
    double jitter = 0.9 + 0.2 * random.nextDouble();
    return clock.nanoTime() - known.lastWrite >= (long) (spacing.toNanos() * jitter);
  }

  private void sayEvents(PingCheck check, Known known) {
    List<UnconfirmedEvent> toSay = known.status.getUnconfirmedEvents();
    if (toSay.isEmpty()) {
      return;
    }
    toSay.forEach(event -> events.say(check, event));
    known.status = Judge.confirmed(known.status); // stored next time; until then a repeat collides
  }

  private void showConditions(PingCheck check, PingCheckStatus status) {
    status
        .getConditions()
        .forEach(condition ->
            metrics.condition(
                check.getMetadata().getUid(),
                check.getMetadata().getNamespace(),
                check.getMetadata().getName(),
                condition.getType(),
                condition.getStatus()));
  }

  private Known known(PingCheck check) {
    return byUid.computeIfAbsent(
        check.getMetadata().getUid(),
        uid -> new Known(check.getStatus() == null ? new PingCheckStatus() : check.getStatus()));
  }
}
