package dev.pingcheck.link;

import dev.pingcheck.plan.ProbePlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

/**
 * The plans that every probe should hold, one a check. Each change gets the next revision; a reader
 * goes from one revision to the next without a gap or, when it fell too far behind, starts again
 * with all plans.
 *
 * <p>A new book is closed: readers see nothing before {@link #complete()}, because a probe that is
 * told "no plans" by an operator that has not seen all checks yet would stop its echoes.
 *
 * <p>Thread safe.
 */
public final class PlanBook {
  /** Changes kept for readers; whoever is further behind starts again. */
  static final int DEFAULT_HISTORY = 16_384;

  private final Map<String, ProbePlan> plans = new LinkedHashMap<>();
  private final Step[] history;
  private final Set<Runnable> subscribers = new CopyOnWriteArraySet<>();
  private long revision;
  private boolean complete;

  /** An empty, closed book at revision 0. */
  public PlanBook() {
    this(DEFAULT_HISTORY);
  }

  PlanBook(int historyLength) {
    history = new Step[historyLength];
  }

  /** What a reader at some revision has to do to come closer to the present. */
  sealed interface Step {
    /** Nothing: it is up to date, or the book is still closed. */
    record Wait() implements Step {}

    /** Take over this plan; it is at {@code revision} then. */
    record Put(long revision, ProbePlan plan) implements Step {}

    /** Forget this check; it is at {@code revision} then. */
    record Remove(long revision, String uid) implements Step {}

    /** Replace everything by these; it is at {@code revision} then. */
    record Restart(long revision, List<ProbePlan> plans) implements Step {}
  }

  /** Sets the plan of its check; an equal one is no change. */
  public void put(ProbePlan plan) {
    synchronized (this) {
      if (plan.equals(plans.put(plan.check().uid(), plan))) {
        return;
      }
      revision++;
      record(new Step.Put(revision, plan));
    }
    tell();
  }

  /** Drops the plan of a check; an unknown one is no change. */
  public void remove(String uid) {
    synchronized (this) {
      if (plans.remove(uid) == null) {
        return;
      }
      revision++;
      record(new Step.Remove(revision, uid));
    }
    tell();
  }

  /** Opens the book: all checks that exist have been seen. */
  public void complete() {
    synchronized (this) {
      complete = true;
    }
    tell();
  }

  public synchronized boolean isComplete() {
    return complete;
  }

  /** Counts the changes since the book was made. */
  public synchronized long revision() {
    return revision;
  }

  /** How many checks have a plan. */
  public synchronized int size() {
    return plans.size();
  }

  /** The plan of a check, if it has one. */
  public synchronized Optional<ProbePlan> find(String uid) {
    return Optional.ofNullable(plans.get(uid));
  }

  /** The present plans. */
  public synchronized List<ProbePlan> plans() {
    return List.copyOf(plans.values());
  }

  /**
   * The next step of a reader.
   *
   * @param from the revision that the reader is at, negative for one that knows nothing
   */
  synchronized Step next(long from) {
    if (!complete || from == revision) {
      return new Step.Wait();
    }
    if (from < 0 || from > revision || revision - from > history.length) {
      return new Step.Restart(revision, List.copyOf(plans.values()));
    }
    return history[slot(from + 1)];
  }

  /** Has {@code onChange} called after each change, on the changing thread; it must not block. */
  void subscribe(Runnable onChange) {
    subscribers.add(onChange);
  }

  void unsubscribe(Runnable onChange) {
    subscribers.remove(onChange);
  }

  private void record(Step step) {
    history[slot(revision)] = step;
  }

  private int slot(long of) {
    return (int) (of % history.length);
  }

  private void tell() {
    subscribers.forEach(Runnable::run);
  }
}
