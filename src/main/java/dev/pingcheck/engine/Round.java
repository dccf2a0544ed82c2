package dev.pingcheck.engine;

import dev.pingcheck.engine.socket.Peer;
import dev.pingcheck.plan.ProbePlan;
import dev.pingcheck.resolve.NameResolver.Answer;
import dev.pingcheck.schedule.WheelTimer;
import dev.pingcheck.stats.AddressRound;
import dev.pingcheck.stats.Evidence;
import dev.pingcheck.stats.Resolution;
import dev.pingcheck.stats.RoundId;
import dev.pingcheck.stats.RoundReport;
import dev.pingcheck.stats.SetbackCause;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One round of one check: resolve, send, wait until each request is settled, report. As a timer it
 * is due when the resolver has taken too long.
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
  private final List<Leg> legs = new ArrayList<>();
  private final List<Pacer> pacers = new ArrayList<>();
  private State state = State.RESOLVING;
  private Resolution resolution = Resolution.resolved();
  private Evidence sight = Evidence.NONE;

  /** The thread that asks, while it asks, and what it was told meanwhile. */
  private volatile Thread asking;

  private Optional<Answer> toldAtOnce = Optional.empty();

  Round(Check check, RoundContext context) {
    this.check = check;
    this.context = context;
    startTime = context.loop().clock().now();
  }

  void begin() {
    EchoLoop loop = context.loop();
    loop.wheel().arm(this, loop.clock().nanoTime() + RESOLVER_LIMIT.toNanos());
    ProbePlan plan = check.plan();
    asking = Thread.currentThread();
    try {
      context.resolver().resolve(plan.hostname(), plan.families(), this::told);
    } catch (RuntimeException e) {
      loop.counters().faults.increment();
      LOG.log(
          Level.ERROR,
          "The resolver failed on %s, for %s.".formatted(plan.hostname(), plan.check()),
          e);
      fail(Resolution.failed("The resolver failed on " + plan.hostname() + ": " + e.getMessage()));
    }
    asking = null;
    toldAtOnce.ifPresent(this::resolved);
  }

  /** From any thread; a literal or a known name needs no way around. */
  private void told(Answer answer) {
    if (Thread.currentThread().equals(asking)) {
      toldAtOnce = Optional.of(answer);
    } else {
      context.loop().execute(() -> resolved(answer));
    }
  }

  /** The plan is gone: nothing more is sent, and nothing reported. */
  void drop() {
    context.loop().wheel().cancel(this);
    pacers.forEach(Pacer::stop);
    state = State.CLOSED;
  }

  /** Why it still has requests to send that were due before; empty if it has none. */
  Optional<SetbackCause> behind() {
    for (Pacer pacer : pacers) {
      Optional<SetbackCause> cause = pacer.behind();
      if (cause.isPresent()) {
        return cause;
      }
    }
    return Optional.empty();
  }

  boolean isClosed() {
    return state == State.CLOSED;
  }

  Check check() {
    return check;
  }

  @Override
  protected void fired(long now) {
    if (state == State.RESOLVING && !check.isStopped()) {
      fail(
          Resolution.failed(
              "The resolver gave no answer for %s within %d s"
                  .formatted(check.plan().hostname(), RESOLVER_LIMIT.toSeconds())));
    }
  }

  private void resolved(Answer all) {
    if (state != State.RESOLVING || check.isStopped()) {
      return;
    }
    Answer answer = AllowedAddresses.of(check.plan(), all);
    AddressPick pick = AddressPick.of(check.plan(), answer.addresses());
    if (pick.peers().isEmpty()) {
      fail(answer.resolution());
      return;
    }
    context.loop().wheel().cancel(this);
    resolution = answer.resolution().leavingOut(pick.leftOut());
    state = State.OPEN;
    if (check.plan().capture()) {
      sight = context.witness().sight();
    }
    for (Peer peer : pick.peers()) {
      Leg leg = new Leg(this, peer, check.plan().timing().count());
      legs.add(leg);
      pacers.add(new Pacer(check, context, leg));
    }
    long now = context.loop().clock().nanoTime();
    pacers.forEach(pacer -> pacer.begin(now));
  }

  /** One more request is settled. */
  void progressed() {
    for (Leg leg : legs) {
      if (!leg.isSettled()) {
        return;
      }
    }
    report(context.loop().clock().now(), legs.stream().map(Leg::toAddressRound).toList());
  }

  private void fail(Resolution failed) {
    resolution =
        failed.state() == Resolution.State.FAILED || failed.state() == Resolution.State.FORBIDDEN
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
    RoundId id = new RoundId(context.probe(), check.nextNumber());
    context.report(
        new RoundReport(
            ref.uid(),
            ref.generation(),
            id,
            startTime,
            endTime,
            resolution,
            addresses,
            check.takePacing(),
            evidence(id, endTime)));
  }

  /** Of a round with losses its packets are held, if they were seen all the time. */
  private Evidence evidence(RoundId id, Instant endTime) {
    List<EchoTrace> echoes = legs.stream().flatMap(leg -> leg.traces().stream()).toList();
    if (echoes.stream().allMatch(echo -> echo.lost().isEmpty())) {
      return Evidence.NONE;
    }
    if (sight.equals(Evidence.HELD)) {
      sight = context.witness().sight();
    }
    if (sight.equals(Evidence.HELD)) {
      context.witness().ended(new RoundTrace(check.plan().check(), id, startTime, endTime, echoes));
    }
    return sight;
  }
}
