package dev.pingcheck.cli.ping;

import dev.pingcheck.engine.Arrival;
import dev.pingcheck.engine.Echo;
import dev.pingcheck.stats.LossReason;
import dev.pingcheck.stats.StrayKind;
import java.util.List;

/** Shows what happens. Called on the loop's thread; the engine's arguments hold during the call. */
interface PingPrinter {

  /** Pinging begins. */
  void started(List<PingHost> hosts);

  /** A request leaves. */
  default void sent(PingHost host) {}

  void reply(PingHost host, Echo echo, Arrival arrival);

  /** An ICMP error gave a request up. */
  void error(PingHost host, Echo echo, LossReason reason, Arrival error);

  /** No reply came in time. */
  void lost(PingHost host, int ordinal);

  /** A request did not leave this machine. */
  void notSent(PingHost host, Echo echo, LossReason reason);

  /** A packet came that counts neither way. */
  void stray(PingHost host, Echo echo, StrayKind kind, Arrival arrival);

  /** The last request is not answered yet, and the next one is due. */
  default void outstanding(PingHost host) {}

  /**
   * Pinging has ended.
   *
   * @param elapsed nanoseconds from the first to the last request
   */
  void finished(List<PingHost> hosts, long elapsed);

  /** Whether nobody reads any more what is printed. */
  boolean isBroken();
}
