package dev.pingcheck.engine;

import dev.pingcheck.engine.socket.IcmpPort;
import dev.pingcheck.engine.socket.IpFamily;
import dev.pingcheck.engine.socket.ReceivedPackets;
import dev.pingcheck.engine.socket.SocketKind;
import java.time.Duration;

/**
 * What a turn left unread in the sockets, as a flood brings more than it may take in. A socket
 * gives its packets in the order in which they came: what came before the last one that was read is
 * read too, so that a flood cannot put timeouts off for as long as it lasts.
 */
final class Unread {
  /** Processors that take in packets beside each other may stamp them in another order. */
  private static final long DISORDER = Duration.ofMillis(10).toNanos();

  /** Of one family: whether something is left, and since when at the earliest. */
  private static final class Rest {
    private boolean isThere;
    private boolean hasStart;
    private long start;
  }

  private final IcmpPort port;
  private final ArrivalClock arrivals;
  private final Rest ipv4 = new Rest();
  private final Rest ipv6 = new Rest();

  Unread(IcmpPort port, ArrivalClock arrivals) {
    this.port = port;
    this.arrivals = arrivals;
  }

  /** A turn begins to read. */
  void nothing() {
    ipv4.isThere = false;
    ipv6.isThere = false;
  }

  /** There is more behind these packets, right after which the clocks were read. */
  void behind(IpFamily family, ReceivedPackets last) {
    Rest rest = of(family);
    long stamp = last.count() == 0 ? 0 : last.kernelStamp(last.count() - 1);
    rest.isThere = true;
    // Several ping sockets have no order among each other.
    rest.hasStart = port.kind() == SocketKind.RAW && arrivals.trusts(family, stamp);
    rest.start = rest.hasStart ? arrivals.arrival(family, stamp) - DISORDER : 0;
  }

  /** Whether a packet may be there that came up to that moment, in monotonic nanoseconds. */
  boolean mayHold(IpFamily family, long until) {
    Rest rest = of(family);
    return rest.isThere && !(rest.hasStart && rest.start - until > 0);
  }

  private Rest of(IpFamily family) {
    return family == IpFamily.IPV4 ? ipv4 : ipv6;
  }
}
