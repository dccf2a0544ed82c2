package dev.pingcheck.link;

import dev.pingcheck.link.Roster.Seat;
import dev.pingcheck.plan.ProbePlan;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/**
 * Reads the book for one probe: what of it is that probe's to ping, and what is no more. Holds the
 * names of its checks and no plan, but for those of a snapshot.
 *
 * <p>Belongs to the link's thread.
 */
final class Share {
  private final PlanBook book;
  private final Dispatch dispatch;
  private final Seat seat;
  private final Dispatch.Holder session;
  private final Set<String> held = new HashSet<>();
  private final Queue<String> released = new ArrayDeque<>();
  private Iterator<ProbePlan> review = Collections.emptyIterator();
  private boolean reviewDue;
  private long position = -1;

  Share(PlanBook book, Dispatch dispatch, Seat seat, Dispatch.Holder session) {
    this.book = book;
    this.dispatch = dispatch;
    this.seat = seat;
    this.session = session;
  }

  /** What a probe is to be told next. */
  sealed interface Change {
    /** It pings exactly these. */
    record All(List<ProbePlan> plans) implements Change {}

    /** It pings this one too, or in another way than before. */
    record Put(ProbePlan plan) implements Change {}

    /** It pings this check no more. */
    record Remove(String uid) implements Change {}
  }

  /** Who pings what has changed, perhaps. */
  void review() {
    reviewDue = true;
  }

  /** The successor for a check has told of a round. */
  void release(String uid) {
    released.add(uid);
  }

  /** The next change; empty while there is none. */
  Optional<Change> next() {
    if (!dispatch.mayLearn(seat)) {
      return Optional.empty();
    }
    Optional<Change> change = nextOfBook();
    return change.or(this::nextOfReview).or(this::nextRelease);
  }

  private Optional<Change> nextOfBook() {
    while (true) {
      switch (book.next(position)) {
        case PlanBook.Step.Wait() -> {
          return Optional.empty();
        }
        case PlanBook.Step.Put(long next, ProbePlan plan) -> {
          position = next;
          Optional<Change> change = isMine(plan) ? put(plan) : remove(plan.check().uid());
          if (change.isPresent()) {
            return change;
          }
        }
        case PlanBook.Step.Remove(long next, String uid) -> {
          position = next;
          Optional<Change> change = remove(uid);
          if (change.isPresent()) {
            return change;
          }
        }
        case PlanBook.Step.Restart(long next, List<ProbePlan> plans) -> {
          position = next;
          return Optional.of(startWith(plans));
        }
      }
    }
  }

  private Change startWith(List<ProbePlan> plans) {
    List<ProbePlan> mine = plans.stream().filter(this::isMine).toList();
    held.forEach(uid -> dispatch.waitsNoMore(uid, session));
    held.clear();
    mine.forEach(plan -> held.add(plan.check().uid()));
    reviewDue = true; // some of them may be waiting for a successor
    return new Change.All(mine);
  }

  private boolean isMine(ProbePlan plan) {
    return dispatch.owns(seat, plan) || dispatch.isWaiting(plan.check().uid(), session);
  }

  private Optional<Change> put(ProbePlan plan) {
    held.add(plan.check().uid());
    return Optional.of(new Change.Put(plan));
  }

  private Optional<Change> remove(String uid) {
    dispatch.waitsNoMore(uid, session);
    return held.remove(uid) ? Optional.of(new Change.Remove(uid)) : Optional.empty();
  }

  private Optional<Change> nextOfReview() {
    if (reviewDue) {
      reviewDue = false;
      review = (book.isComplete() ? book.plans() : List.<ProbePlan>of()).iterator();
    }
    while (review.hasNext()) {
      Optional<Change> change = review(review.next());
      if (change.isPresent()) {
        return change;
      }
    }
    return Optional.empty();
  }

  private Optional<Change> review(ProbePlan listed) {
    String uid = listed.check().uid();
    boolean has = held.contains(uid);
    if (dispatch.owns(seat, listed)) {
      dispatch.waitsNoMore(uid, session);
      return has ? Optional.empty() : book.find(uid).flatMap(this::put);
    }
    if (has && dispatch.hasSuccessor(seat, listed)) {
      dispatch.awaitSuccessor(uid, session);
      return Optional.empty();
    }
    return has ? remove(uid) : Optional.empty();
  }

  private Optional<Change> nextRelease() {
    while (!released.isEmpty()) {
      String uid = released.remove();
      boolean isMineAgain = book.find(uid).filter(plan -> dispatch.owns(seat, plan)).isPresent();
      Optional<Change> change = isMineAgain ? Optional.empty() : remove(uid);
      if (change.isPresent()) {
        return change;
      }
    }
    return Optional.empty();
  }
}
