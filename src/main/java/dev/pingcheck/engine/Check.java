package dev.pingcheck.engine;

import dev.pingcheck.engine.socket.Peer;
import dev.pingcheck.log.LogLine;
import dev.pingcheck.plan.Interruption;
import dev.pingcheck.plan.ProbePlan;
import dev.pingcheck.schedule.CatchUp;
import dev.pingcheck.schedule.Phase;
import dev.pingcheck.schedule.WheelTimer;
import dev.pingcheck.stats.Pacing;
import dev.pingcheck.stats.PacingTally;
import dev.pingcheck.stats.SetbackCause;
import dev.pingcheck.stats.StrayKind;
import dev.pingcheck.stats.StrayTally;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One plan while it is carried out. As a timer it is due at the start of its next round. */
final class Check extends WheelTimer {
  private static final System.Logger LOG = System.getLogger(Check.class.getName());

  /** A name may have ever new addresses; strays of so many that are gone are kept apart. */
  private static final int MOST_PENDING = 64;

  private volatile ProbePlan plan;
  private final RoundContext context;
  private final List<Round> open = new ArrayList<>(1);
  private final Map<Peer, StrayTally> pending = new HashMap<>(0);
  private final long period;
  private final EchoShape shape;
  private final NameAhead nameAhead;
  private long number;
  private PacingTally setbacks;
  private volatile boolean stopped;
  private final Optional<Interruption> interruption;
  private final WheelTimer madeUp = new MadeUp();

  /**
   * @param interruption that came before, if it may have cost a round
   */
  Check(ProbePlan plan, RoundContext context, Optional<Interruption> interruption) {
    this.plan = plan;
    this.context = context;
    this.interruption = interruption;
    period = plan.timing().period().toNanos();
    shape = EchoShape.of(plan.packet(), plan.capture());
    nameAhead = new NameAhead(this, context);
  }

  /** What its requests look like. */
  EchoShape shape() {
    return shape;
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
    Instant today = context.loop().clock().now();
    long delay = Phase.delay(plan.check().uid(), plan.timing().period(), today);
    context.loop().wheel().arm(this, now + delay);
    nameAhead.of(now, now + delay);
    interruption
        .flatMap(missed -> CatchUp.delay(plan.timing(), delay, missed, today))
        .ifPresent(late -> context.loop().wheel().arm(madeUp, now + late));
  }

  void drop() {
    context.loop().wheel().cancel(this);
    context.loop().wheel().cancel(madeUp);
    nameAhead.cancel();
    new ArrayList<>(open).forEach(Round::drop);
    context.ended(open.size());
    open.clear();
    context.retire(number);
  }

  @Override
  protected void fired(long now) {
    long due = deadline();
    if (stopped || context.rests(due)) {
      return;
    }
    context.loop().wheel().arm(this, due + period + skip(due + period, now));
    nameAhead.of(now, deadline());
    Optional<SetbackCause> behind = behind();
    if (behind.isPresent()) {
      context.loop().counters().roundsSkipped.increment();
      setbacks().skipped(behind.get(), 1);
      return;
    }
    beginRound();
  }

  private void beginRound() {
    Round round = new Round(this, context);
    open.add(round);
    context.begun();
    round.begin();
  }

  /** Due when the round begins that an interruption has cost. */
  private final class MadeUp extends WheelTimer {
    @Override
    protected void fired(long now) {
      if (!stopped && !context.rests(deadline())) {
        beginRound();
      }
    }
  }

  /**
   * The number of the next report. Rounds may overlap and are numbered as they end, so that a round
   * which waits for its timeouts is not taken for one that was told before.
   */
  long nextNumber() {
    return ++number;
  }

  /** Takes note of what kept its requests from their times. */
  PacingTally setbacks() {
    if (setbacks == null) {
      setbacks = new PacingTally();
    }
    return setbacks;
  }

  /** How its times were kept since this was last asked. */
  Pacing takePacing() {
    Pacing pacing = setbacks == null ? Pacing.ON_TIME : setbacks.toPacing();
    setbacks = null;
    return pacing;
  }

  /** Why a round still has requests to send that were due before: another one would add to them. */
  private Optional<SetbackCause> behind() {
    for (Round round : open) {
      Optional<SetbackCause> cause = round.behind();
      if (cause.isPresent()) {
        return cause;
      }
    }
    return Optional.empty();
  }

  void closed(Round round) {
    if (open.remove(round)) {
      context.ended(1);
    }
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
    setbacks().skipped(SetbackCause.STANDSTILL, missed);
    LOG.log(
        Level.WARNING,
        LogLine.FORMAT,
        LogLine.about(
            plan.check().namespace(),
            plan.check().name(),
            plan.check().uid(),
            "%d rounds of %s/%s were left out: the process stood still."
                .formatted(missed, plan.check().namespace(), plan.check().name())));
    return missed * period;
  }
}
