package dev.pingcheck.schedule;

/**
 * Says when echo requests may leave, so that neither the probe as a whole nor one address gets more
 * of them than it should. Who asks has taken a token, and may send at the time that is answered;
 * tokens are given in the order in which they are asked for, and nothing is refused. A request
 * first asks for its address and, when that time has come, for the probe: while it waits for a busy
 * address, others use the probe.
 *
 * <p>Time is a parameter: nanoseconds as of {@link System#nanoTime()}. Not thread safe. Allocates
 * nothing unless more addresses are busy at once than ever before.
 */
public final class PacketBudget {
  /**
   * A full bucket lets the probe send this fraction of a second's requests at once: what becomes
   * due during a short standstill is no overload, and a socket's buffers still hold the replies.
   */
  private static final int PROBE_BURST_DIVISOR = 20;

  /** The same for an address: half a second, in which several checks may meet. */
  private static final int ADDRESS_BURST_DIVISOR = 2;

  /** Requests that the probe holds back leave in bunches, not one in each turn of its loop. */
  private static final long BUNCH = 1_000_000;

  private final TokenRate probeRate;
  private final AddressBuckets addresses;
  private long probeFullAt = Long.MIN_VALUE / 2;
  private long lastGranted = Long.MIN_VALUE;

  public PacketBudget(PacketLimits limits) {
    probeRate = TokenRate.of(limits.perSecond(), 1 + limits.perSecond() / PROBE_BURST_DIVISOR);
    int perAddress = limits.perSecondPerAddress();
    addresses =
        new AddressBuckets(TokenRate.of(perAddress, 1 + perAddress / ADDRESS_BURST_DIVISOR));
  }

  /**
   * Takes a token of an address.
   *
   * @param high the first half of an IPv6 address, 0 for IPv4
   * @param low the second half, or the IPv4 address
   * @param zone the interface of a scoped address (RFC 4007), else 0
   * @return when it may be used, not before {@code now}
   */
  public long takeForAddress(long high, long low, int zone, long now) {
    return addresses.take(high, low, zone, now);
  }

  /**
   * Takes a token of the probe.
   *
   * @return when it may be used, not before {@code now}
   */
  public long takeForProbe(long now) {
    long usable = probeRate.usable(probeFullAt, now);
    probeFullAt = probeRate.fullAfter(probeFullAt, now);
    if (usable > now) {
      usable = Math.ceilDiv(usable, BUNCH) * BUNCH;
    }
    // Nobody overtakes those who wait for the end of their bunch.
    lastGranted = Math.max(usable, lastGranted);
    return lastGranted;
  }

  /** Addresses of which something is known. */
  int addresses() {
    return addresses.size();
  }
}
