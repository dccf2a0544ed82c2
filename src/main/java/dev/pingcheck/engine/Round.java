package dev.pingcheck.engine;

import dev.pingcheck.engine.socket.Peer;
import dev.pingcheck.plan.ProbePlan;
import dev.pingcheck.resolve.NameResolver.Answer;
import dev.pingcheck.schedule.WheelTimer;
import dev.pingcheck.stats.AddressRound;
import dev.pingcheck.stats.Resolution;
import dev.pingcheck.stats.RoundId;
import dev.pingcheck.stats.RoundReport;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One round of one check: resolve, send, wait until each request is settled, report. As a timer it
 * is due at its next request, and before that when the resolver has taken too long.
 */
final class Round extends WheelTimer {
  private static final System.Logger LOG = System.getLogger(Round.class.getName());

  /** A resolver has its own, shorter timeouts; this is for one that never calls back. */
  private static final Duration RESOLVER_LIMIT = Duration.ofSeconds(30);

  private enum State {
    RESOLVING,
    OPEN,
    CLOSED
  }

  private final Check check;
  private final RoundContext context;
  private final Instant startTime;
  private final long interval;
  private final List<Leg> legs = new ArrayList<>();
  private State state = State.RESOLVING;
  private Resolution resolution = Resolution.resolved();
  private int sent;

  Round(Check check, RoundContext context) {
    this.check = check;
    this.context = context;
    startTime = context.loop().clock().now();
    interval = check.plan().timing().interval().toNanos();
  }

  void begin() {
    EchoLoop loop = context.loop();
    loop.wheel().arm(this, loop.clock().nanoTime() + RESOLVER_LIMIT.toNanos());
    ProbePlan plan = check.plan();
    try {
      context
          .resolver()
          .resolve(
              plan.hostname(), plan.families(), answer -> loop.execute(() -> resolved(answer)));
    } catch (RuntimeException e) {
      loop.counters().faults.increment();
      LOG.log(Level.ERROR, "The resolver failed on " + plan.hostname() + ".", e);
      fail(Resolution.failed("The resolver failed on " + plan.hostname() + ": " + e.getMessage()));
    }
  }

  /** The plan is gone: nothing more is sent, and nothing reported. */
  void drop() {
    context.loop().wheel().cancel(this);
    state = State.CLOSED;
  }

  boolean isClosed() {
    return state == State.CLOSED;
  }

  Check check() {
    return check;
  }

  @Override
  protected void fired(long now) {
    if (check.isStopped()) {
      return;
    }
    if (state == State.RESOLVING) {
      fail(
          Resolution.failed(
              "The resolver gave no answer for %s within %d s"
                  .formatted(check.plan().hostname(), RESOLVER_LIMIT.toSeconds())));
    } else if (state == State.OPEN) {
      sendNext(now);
    }
  }

  private void resolved(Answer answer) {
    if (state != State.RESOLVING || check.isStopped()) {
      return;
    }
    List<Peer> peers = AddressPick.of(check.plan(), answer.addresses());
    if (peers.isEmpty()) {
      fail(answer.resolution());
      return;
    }
    resolution = answer.resolution();
    state = State.OPEN;
    for (Peer peer : peers) {
      legs.add(new Leg(this, peer, check.plan().timing().count()));
    }
    sendNext(context.loop().clock().nanoTime());
  }

  private void sendNext(long now) {
    ProbePlan plan = check.plan();
    int ordinal = sent;
    sent++;
    if (sent < plan.timing().count()) {
      // After a standstill the rest follows at its interval, not all at once.
      long planned = ordinal == 0 ? now : deadline();
      long next = planned + interval;
      context.loop().wheel().arm(this, next > now ? next : now + interval);
    } else {
      context.loop().wheel().cancel(this);
    }
    long timeout = plan.timing().timeout().toNanos();
    for (Leg leg : legs) {
      context.loop().exchange().send(leg.peer(), plan.packet(), timeout, ordinal, leg);
    }
  }

  /** One more request is settled. */
  void progressed(Instant at) {
    for (Leg leg : legs) {
      if (!leg.isSettled()) {
        return;
      }
    }
    report(at, legs.stream().map(Leg::toAddressRound).toList());
  }

  private void fail(Resolution failed) {
    resolution =
        failed.state() == Resolution.State.FAILED
            ? failed
            : Resolution.failed(
                "The resolver knows no address of " + check.plan().hostname() + " to ping");
    report(context.loop().clock().now(), List.of());
  }

  private void report(Instant at, List<AddressRound> addresses) {
    context.loop().wheel().cancel(this);
    state = State.CLOSED;
    check.closed(this);
    if (check.isStopped()) {
      return;
    }
    // Somebody may have set the clock back meanwhile.
    Instant endTime = at.isBefore(startTime) ? startTime : at;
    ProbePlan.CheckRef ref = check.plan().check();
    context.report(
        new RoundReport(
            ref.uid(),
            ref.generation(),
            new RoundId(context.probe(), check.nextNumber()),
            startTime,
            endTime,
            resolution,
            addresses));
  }
}
