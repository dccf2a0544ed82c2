package dev.pingcheck.engine;

import dev.pingcheck.schedule.TimerWheel;
import dev.pingcheck.stats.LossReason;
import dev.pingcheck.stats.StrayKind;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Optional;

/**
 * Changes the state of echo requests, counts, and tells their listeners. A listener that fails is
 * logged and disturbs nobody else.
 */
final class Settlement {
  private static final System.Logger LOG = System.getLogger(Settlement.class.getName());

  private final TimerWheel wheel;
  private final EngineCounters counters;

  Settlement(TimerWheel wheel, EngineCounters counters) {
    this.wheel = wheel;
    this.counters = counters;
  }

  void received(Echo echo, Arrival arrival) {
    settle(echo, Echo.State.RECEIVED, arrival.nanos);
    counters.received.increment();
    tell(() -> echo.listener.received(echo, arrival));
  }

  /** The timeout has passed. */
  void lost(Echo echo, LossReason reason, long nanos, Instant time) {
    settle(echo, Echo.State.LOST, nanos);
    counters.lost.increment();
    tell(() -> echo.listener.lost(echo, reason, time, Optional.empty()));
  }

  /** An ICMP error says that it is lost. */
  void lost(Echo echo, LossReason reason, Arrival error) {
    settle(echo, Echo.State.LOST, error.nanos);
    counters.lost.increment();
    tell(() -> echo.listener.lost(echo, reason, error.time, Optional.of(error)));
  }

  /** It never left this machine. */
  void unsent(Echo echo, LossReason reason, long nanos, Instant time) {
    settle(echo, Echo.State.UNSENT, nanos);
    counters.lost.increment();
    tell(() -> echo.listener.lost(echo, reason, time, Optional.empty()));
  }

  /** A packet for that request counts neither way. */
  void stray(Echo echo, StrayKind kind, Arrival arrival) {
    stray(kind);
    tell(() -> echo.listener.stray(echo, kind, arrival));
  }

  /** A packet for us counts neither way, and nobody knows for which request it is. */
  void stray(StrayKind kind) {
    switch (kind) {
      case LATE -> counters.late.increment();
      case DUPLICATE -> counters.duplicate.increment();
      case CORRUPT -> counters.corrupt.increment();
      case FOREIGN -> counters.foreign.increment();
    }
  }

  private void settle(Echo echo, Echo.State state, long nanos) {
    wheel.cancel(echo);
    echo.state = state;
    echo.settledAt = nanos;
  }

  private void tell(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      counters.faults.increment();
      LOG.log(Level.ERROR, "A listener failed; its echo request stays settled.", e);
    }
  }
}
