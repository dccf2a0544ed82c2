package dev.pingcheck.engine;

import dev.pingcheck.engine.socket.Peer;
import dev.pingcheck.plan.ProbePlan;
import dev.pingcheck.schedule.PacketBudget;
import dev.pingcheck.schedule.WheelTimer;
import dev.pingcheck.stats.SetbackCause;
import java.util.Optional;

/**
 * Sends the requests of a round to one address: each at its time, or as soon afterwards as the
 * budgets allow. One that is late does not shift those behind it; but where several are due at
 * once, they keep half of their interval, so that no burst follows a standstill.
 */
final class Pacer extends WheelTimer {

  /** What the next request waits for. */
  private enum Awaited {
    ITS_TIME,
    TOKEN_OF_ADDRESS,
    TOKEN_OF_PROBE
  }

  private final Check check;
  private final RoundContext context;
  private final Leg leg;
  private final int count;
  private final long interval;
  private final long timeout;
  private Awaited awaited = Awaited.ITS_TIME;
  private int sent;

  /** When the next request is due by the plan, and since when it counts as late. */
  private long due;

  private long lateSince;

  /** Why requests are behind their times, and the longest wait that this cause made. */
  private Optional<SetbackCause> behind = Optional.empty();

  private long longestWait;

  Pacer(Check check, RoundContext context, Leg leg) {
    this.check = check;
    this.context = context;
    this.leg = leg;
    ProbePlan.Timing timing = check.plan().timing();
    count = timing.count();
    interval = timing.interval().toNanos();
    timeout = timing.timeout().toNanos();
  }

  /** Sends the first request now, or as soon as it may leave. */
  void begin(long now) {
    due = now;
    askForAddress(now);
  }

  /** Sends no further request. */
  void stop() {
    context.loop().wheel().cancel(this);
  }

  /** Why requests that should have left by now have not; empty if all have. */
  Optional<SetbackCause> behind() {
    return isArmed() ? behind : Optional.empty();
  }

  @Override
  protected void fired(long now) {
    if (check.isStopped()) {
      return;
    }
    switch (awaited) {
      case ITS_TIME -> askForAddress(now);
      case TOKEN_OF_ADDRESS -> askForProbe(now);
      case TOKEN_OF_PROBE -> send(now);
    }
  }

  private void askForAddress(long now) {
    // What came late by itself, as the process stood still, is not the budget's fault.
    lateSince = isHeldBack() ? due : now;
    Peer peer = leg.peer();
    PacketBudget budget = context.budget();
    long usable = budget.takeForAddress(peer.high(), peer.low(), peer.scope(), now);
    if (usable > now) {
      await(Awaited.TOKEN_OF_ADDRESS, SetbackCause.ADDRESS_BUDGET, usable, now);
    } else {
      askForProbe(now);
    }
  }

  private void askForProbe(long now) {
    long usable = context.budget().takeForProbe(now);
    if (usable > now) {
      await(Awaited.TOKEN_OF_PROBE, SetbackCause.PROBE_BUDGET, usable, now);
    } else {
      send(now);
    }
  }

  private void await(Awaited token, SetbackCause cause, long until, long now) {
    awaited = token;
    if (!isHeldBack() || until - now > longestWait) {
      behind = Optional.of(cause);
      longestWait = until - now;
    }
    context.loop().wheel().arm(this, until);
  }

  private void send(long now) {
    if (isHeldBack()) {
      check.setbacks().delayed(behind.orElseThrow(), now - lateSince);
    }
    context.loop().exchange().send(leg.peer(), check.shape(), timeout, sent, leg);
    sent++;
    awaited = Awaited.ITS_TIME;
    if (sent == count) {
      stop();
      return;
    }
    due += interval;
    long earliest = now + interval / 2;
    if (earliest > due) {
      behind = behind.or(() -> Optional.of(SetbackCause.STANDSTILL));
      context.loop().wheel().arm(this, earliest);
    } else {
      behind = Optional.empty();
      longestWait = 0;
      context.loop().wheel().arm(this, due);
    }
  }

  private boolean isHeldBack() {
    return behind.isPresent() && behind.get() != SetbackCause.STANDSTILL;
  }
}
