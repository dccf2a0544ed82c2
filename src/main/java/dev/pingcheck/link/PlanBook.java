package dev.pingcheck.link;

import dev.pingcheck.plan.Interruption;
import dev.pingcheck.plan.ProbePlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The plans that the probes should hold, one a check; {@link Dispatch} says which probe holds
 * which. Each change gets the next revision; a reader goes from one revision to the next without a
 * gap or, when it fell too far behind, starts again with all plans.
 *
 * <p>A new book is closed: readers see nothing before {@link #complete()}, because a probe that is
 * told "no plans" by an operator that has not seen all checks yet would stop its echoes. A book
 * that is withheld tells readers that there is nothing, whatever it holds: another operator leads.
 *
 * <p>Thread safe.
 */
public final class PlanBook {
  /** Changes kept for readers; whoever is further behind starts again. */
  static final int DEFAULT_HISTORY = 16_384;

  private final Map<String, ProbePlan> plans = new LinkedHashMap<>();
  private final Step[] history;
  private final Set<Runnable> subscribers = new CopyOnWriteArraySet<>();
  private final NodeBook nodes = new NodeBook();
  private volatile boolean shared;
  private volatile Runnable opening = () -> {};
  private final AtomicReference<Optional<Interruption>> interruption =
      new AtomicReference<>(Optional.empty());
  private final AtomicInteger withheld = new AtomicInteger();
  private long revision;
  private View view = View.CLOSED;

  /** What readers see. */
  private enum View {
    CLOSED,
    NOTHING,
    ALL
  }

  /** An empty, closed book at revision 0. */
  public PlanBook() {
    this(DEFAULT_HISTORY);
  }

  PlanBook(int historyLength) {
    history = new Step[historyLength];
  }

  /** The nodes that plans may name. */
  public NodeBook nodes() {
    return nodes;
  }

  /**
   * Whether there have been several central probes, or one besides that of the operator's pod: then
   * two may ping a check for a moment while one hands it over to the other.
   */
  public boolean isShared() {
    return shared;
  }

  void share() {
    shared = true;
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

  /** In the history: what readers see as a whole has changed. */
  private static final Step TURNED = new Step.Wait();

  /** Sets the plan of its check; an equal one is no change. */
  public void put(ProbePlan plan) {
    synchronized (this) {
      if (plan.equals(plans.get(plan.check().uid()))) {
        return; // the one that is there stays: the history has it too
      }
      plans.put(plan.check().uid(), plan);
      if (view == View.NOTHING) {
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
      if (view == View.NOTHING) {
        return;
      }
      revision++;
      record(new Step.Remove(revision, uid));
    }
    tell();
  }

  /** Opens the book: all checks that exist have been seen. */
  public void complete() {
    complete(Optional.empty());
  }

  /**
   * Opens the book for the probe beside this operator to go on where another one has stopped.
   *
   * @param interruption what it has to make up for
   */
  public void complete(Optional<Interruption> interruption) {
    this.interruption.set(interruption);
    turn(View.ALL);
  }

  /** What the probe beside this operator has to make up for; it is told once. */
  Optional<Interruption> takeInterruption() {
    return interruption.getAndSet(Optional.empty());
  }

  /** Tells every reader that there is nothing to do, until {@link #complete()}. */
  public void withhold() {
    withheld.incrementAndGet();
    turn(View.NOTHING);
  }

  /** How often the book was withheld: so often, what probes had told was left to another leader. */
  int timesWithheld() {
    return withheld.get();
  }

  /** Has this called whenever the book is about to open, on the opening thread. */
  void onOpening(Runnable listener) {
    opening = listener;
  }

  private void turn(View to) {
    synchronized (this) {
      if (view == to) {
        return;
      }
      if (to == View.ALL) {
        opening.run();
      }
      if (view != View.CLOSED) {
        revision++;
        record(TURNED);
      }
      view = to;
    }
    tell();
  }

  public synchronized boolean isComplete() {
    return view == View.ALL;
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
    if (view == View.CLOSED || from == revision) {
      return new Step.Wait();
    }
    if (from < 0
        || from > revision
        || revision - from > history.length
        || history[slot(from + 1)] == TURNED) {
      return new Step.Restart(revision, view == View.ALL ? List.copyOf(plans.values()) : List.of());
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
