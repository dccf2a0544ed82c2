package dev.pingcheck.operator;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.report.Unsafe;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether this operator is the one that tells. The lead is held for as long as the lease was last
 * renewed; beyond that the operator goes on judging, in case nobody else has taken over, but writes
 * nothing until it knows.
 *
 * <p>Thread safe.
 */
final class Leadership {

  /** What this operator is at a time. */
  enum Role {
    /** It has not heard yet whether somebody leads. */
    UNKNOWN,
    /** Somebody else leads. */
    STANDBY,
    /** It leads, or did when it last could ask. */
    LEADER
  }

  /** A role, numbered; what was found under another number is not to be built on. */
  record Term(Role role, long number) {}

  private final Clock clock;
  private Term term = new Term(Role.UNKNOWN, 0);
  private Instant since = Instant.MIN;
  private Optional<Instant> leadsSince = Optional.empty();
  private boolean forEver;
  private long writableUntil;
  private long writableSince;

  Leadership(Clock clock) {
    this.clock = clock;
  }

  /** An operator that is alone: it leads from the start and for ever. */
  static Leadership alone(Clock clock) {
    Leadership alone = new Leadership(clock);
    alone.forEver = true;
    alone.term = new Term(Role.LEADER, 0);
    alone.leadsSince = Optional.of(clock.now());
    alone.writableSince = clock.nanoTime();
    return alone;
  }

  synchronized Term term() {
    return term;
  }

  Role role() {
    return term().role();
  }

  /** When this operator began to lead; empty while it does not. */
  synchronized Optional<Instant> leadsSince() {
    return leadsSince;
  }

  /** Whether nobody else can lead at this moment. */
  synchronized boolean mayWrite() {
    return term.role() == Role.LEADER && (forEver || clock.nanoTime() - writableUntil < 0);
  }

  /**
   * Since when it may write without a break, in monotonic nanoseconds. While it may not, rounds
   * that wait to be stored can hold those of other checks back: that nothing is heard says nothing.
   */
  synchronized long writableSince() {
    return writableSince;
  }

  /**
   * A round of the probe beside this operator that began under somebody else's lead speaks of what
   * that one's probe has seen too. A probe on the network tells each round to one leader after the
   * other until it is safe, and by a clock of its own; the status knows those that it has told.
   */
  synchronized boolean accepts(Unsafe round) {
    return round.fromNetwork()
        || (term.role() == Role.LEADER && !round.report().startTime().isBefore(since));
  }

  /** This operator takes the lead on from itself: nobody else has led since. */
  synchronized void resumed(long until) {
    writable(until);
    if (term.role() != Role.LEADER) {
      // Until now no term has begun: what has come from the probe meanwhile is for this one.
      term = new Term(Role.LEADER, term.role() == Role.UNKNOWN ? term.number() : next());
      leadsSince = Optional.of(clock.now());
    }
  }

  /** This operator takes the lead over from somebody else, or after somebody else. */
  synchronized void won(long until) {
    writable(until);
    since = clock.now();
    leadsSince = Optional.of(since);
    term = new Term(Role.LEADER, next());
  }

  /** Somebody else leads, or may by now. */
  synchronized void lost() {
    if (term.role() != Role.STANDBY) {
      term = new Term(Role.STANDBY, next());
      leadsSince = Optional.empty();
    }
  }

  private void writable(long until) {
    if (!mayWrite()) {
      writableSince = clock.nanoTime();
    }
    writableUntil = until;
  }

  private long next() {
    return term.number() + 1;
  }
}
