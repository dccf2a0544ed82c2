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
    try {
      echo.listener.received(echo, arrival);
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  /** The timeout has passed. */
  void lost(Echo echo, LossReason reason, long nanos, Instant time) {
    lost(echo, Echo.State.LOST, nanos);
    tell(echo, reason, time, Optional.empty());
  }

  /** An ICMP error says that it is lost. */
  void lost(Echo echo, LossReason reason, Arrival error) {
    lost(echo, Echo.State.LOST, error.nanos);
    tell(echo, reason, error.time(), Optional.of(error));
  }

  /** It never left this machine. */
  void unsent(Echo echo, LossReason reason, long nanos, Instant time) {
    lost(echo, Echo.State.UNSENT, nanos);
    tell(echo, reason, time, Optional.empty());
  }

  /** A packet for that request counts neither way. */
  void stray(Echo echo, StrayKind kind, Arrival arrival) {
    stray(kind);
    try {
      echo.listener.stray(echo, kind, arrival);
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  /** A packet for us counts neither way, and nobody knows for which request it is. */
  void stray(StrayKind kind) {
    switch (kind) {
      case LATE -> counters.late.increment();
      case DUPLICATE -> counters.duplicate.increment();
      case CORRUPT -> counters.corrupt.increment();
      case TRUNCATED -> counters.truncated.increment();
      case FORGED -> counters.forged.increment();
      case FOREIGN -> counters.foreign.increment();
      case REDIRECT -> counters.redirects.increment();
    }
  }

  private void lost(Echo echo, Echo.State state, long nanos) {
    settle(echo, state, nanos);
    counters.lost.increment();
  }

  private void settle(Echo echo, Echo.State state, long nanos) {
    wheel.cancel(echo);
    echo.state = state;
    echo.settledAt = nanos;
  }

  private void tell(Echo echo, LossReason reason, Instant time, Optional<Arrival> error) {
    try {
      echo.listener.lost(echo, reason, time, error);
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  private void failed(RuntimeException e) {
    counters.faults.increment();
    LOG.log(Level.ERROR, "A listener failed; its echo request stays settled.", e);
  }
}
