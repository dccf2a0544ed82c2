package dev.pingcheck.engine;

import dev.pingcheck.stats.LossReason;
import dev.pingcheck.stats.StrayKind;
import java.time.Instant;
import java.util.Optional;

/**
 * Is told what becomes of an echo request: exactly once {@link #received} or {@link #lost}, and any
 * number of strays before and after. Called on the loop's thread; must not block and must not send.
 * The arguments are reused: they hold during the call.
 */
public interface EchoListener {

  /** The valid reply came in time; {@link Arrival#rtt} is the round-trip time. */
  void received(Echo echo, Arrival arrival);

  /**
   * The request is given up.
   *
   * @param at wall-clock time
   * @param error the ICMP error that said so, if it was one
   */
  void lost(Echo echo, LossReason reason, Instant at, Optional<Arrival> error);

  /** A packet came for this request that counts neither way. */
  void stray(Echo echo, StrayKind kind, Arrival arrival);
}
