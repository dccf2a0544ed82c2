package dev.pingcheck.engine;

import dev.pingcheck.engine.socket.Peer;
import dev.pingcheck.plan.ProbePlan;
import dev.pingcheck.schedule.Phase;
import dev.pingcheck.schedule.WheelTimer;
import dev.pingcheck.stats.StrayKind;
import dev.pingcheck.stats.StrayTally;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One plan while it is carried out. As a timer it is due at the start of its next round. */
final class Check extends WheelTimer {
  private static final System.Logger LOG = System.getLogger(Check.class.getName());

  /** A name may have ever new addresses; strays of so many that are gone are kept apart. */
  private static final int MOST_PENDING = 64;

  private volatile ProbePlan plan;
  private final RoundContext context;
  private final Set<Round> open = new HashSet<>();
  private final Map<Peer, StrayTally> pending = new HashMap<>();
  private final long period;
  private long number;
  private volatile boolean stopped;

  Check(ProbePlan plan, RoundContext context) {
    this.plan = plan;
    this.context = context;
    period = plan.timing().period().toNanos();
  }

  ProbePlan plan() {
    return plan;
  }

  /** Goes on under a plan that asks the same, of a newer generation; from any thread. */
  void adopt(ProbePlan same) {
    plan = same;
  }

  /** No packet is sent for it any more; from any thread. */
  void stop() {
    stopped = true;
  }

  boolean isStopped() {
    return stopped;
  }

  void begin() {
    if (stopped) {
      return;
    }
    number = context.numberFloor();
    long now = context.loop().clock().nanoTime();
    long delay =
        Phase.delay(plan.check().uid(), plan.timing().period(), context.loop().clock().now());
    context.loop().wheel().arm(this, now + delay);
  }

  void drop() {
    context.loop().wheel().cancel(this);
    new ArrayList<>(open).forEach(Round::drop);
    open.clear();
    context.retire(number);
  }

  @Override
  protected void fired(long now) {
    if (stopped) {
      return;
    }
    long due = deadline();
    context.loop().wheel().arm(this, due + period + skip(due + period, now));
    Round round = new Round(this, context);
    open.add(round);
    round.begin();
  }

  /**
   * The number of the next report. Rounds may overlap and are numbered as they end, so that a round
   * which waits for its timeouts is not taken for one that was told before.
   */
  long nextNumber() {
    return ++number;
  }

  void closed(Round round) {
    open.remove(round);
  }

  /** A stray for a round that is reported already: it counts in the next one. */
  void strayAfterwards(Peer peer, StrayKind kind) {
    if (!stopped && (pending.size() < MOST_PENDING || pending.containsKey(peer))) {
      pending.computeIfAbsent(peer, p -> new StrayTally()).add(kind);
    }
  }

  List<StrayTally> takePending(Peer peer) {
    StrayTally tally = pending.remove(peer);
    return tally == null ? List.of() : List.of(tally);
  }

  /** Rounds that were due while this process stood still cannot be made up for. */
  private long skip(long next, long now) {
    if (next > now) {
      return 0;
    }
    long missed = (now - next) / period + 1;
    context.loop().counters().roundsSkipped.add(missed);
    LOG.log(
        Level.WARNING,
        "{0} rounds of {1}/{2} were left out: the process stood still.",
        missed,
        plan.check().namespace(),
        plan.check().name());
    return missed * period;
  }
}
