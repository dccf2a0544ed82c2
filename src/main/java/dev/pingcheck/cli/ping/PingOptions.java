package dev.pingcheck.cli.ping;

import dev.pingcheck.engine.socket.PathMtuDiscovery;
import dev.pingcheck.engine.socket.SocketMode;
import dev.pingcheck.plan.ProbePlan.IpFamilies;
import java.util.List;
import java.util.OptionalLong;

/**
 * A command line within its bounds.
 *
 * @param hosts as they were typed, at least one
 * @param families which addresses of a name may be taken
 * @param mode which sockets to open
 * @param origins interface names and source addresses, as they were typed
 */
record PingOptions(
    List<String> hosts,
    IpFamilies families,
    SocketMode mode,
    List<String> origins,
    Packet packet,
    Schedule schedule,
    Output output) {

  /**
   * What a request looks like.
   *
   * @param size octets of payload
   * @param ttl time to live or hop limit
   * @param trafficClass the whole octet
   * @param discovery whether it may be fragmented
   * @param pattern octets that fill the payload; empty for the usual ones
   */
  record Packet(
      int size, int ttl, int trafficClass, PathMtuDiscovery discovery, List<Byte> pattern) {}

  /**
   * When requests leave, and when the whole ends. Times are nanoseconds.
   *
   * @param count requests a host; the greatest integer for no end
   * @param interval from one request to the next; 0 for the next behind each reply
   * @param timeout how long each request waits; empty for iputils' way
   * @param deadline of the whole run, if there is one
   */
  record Schedule(int count, long interval, OptionalLong timeout, OptionalLong deadline) {
    static final int NO_END = Integer.MAX_VALUE;

    /** As long as iputils waits for a first reply. */
    private static final long LONGEST_WAIT = 10_000_000_000L;

    /** How long a request waits at most. */
    long patience() {
      return timeout.orElse(LONGEST_WAIT);
    }

    /** Whether each request waits its whole time, also the last ones. */
    boolean isPatient() {
      return timeout.isPresent();
    }

    boolean isFlood() {
      return interval == 0;
    }
  }

  /** What is printed. */
  record Output(
      boolean quiet,
      boolean verbose,
      boolean timeStamps,
      boolean outstanding,
      boolean dots,
      boolean json) {}

  boolean hasManyHosts() {
    return hosts.size() > 1;
  }
}
