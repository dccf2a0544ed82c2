package dev.pingcheck.stats;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Collects what became of the echo requests of one round to one address, until each of them is
 * settled. Not thread safe.
 */
public final class RoundTally {
  private static final long NO_REPLY = -1;

  private final String address;
  private final long[] rtts;
  private final boolean[] settled;
  private final Map<LossReason, Integer> lost = new EnumMap<>(LossReason.class);
  private final StrayTally strays = new StrayTally();
  private Optional<Instant> lastTimeout = Optional.empty();
  private Optional<Instant> lastReply = Optional.empty();
  private int open;

  /**
   * @param address in its textual form (RFC 5952)
   * @param count requests in the round, at least 1
   */
  public RoundTally(String address, int count) {
    this.address = address;
    rtts = new long[count];
    Arrays.fill(rtts, NO_REPLY);
    settled = new boolean[count];
    open = count;
  }

  /**
   * A valid reply came in time.
   *
   * @param ordinal which request of the round, from 0
   * @param rtt nanoseconds, at least 0
   * @param at wall-clock time
   */
  public void received(int ordinal, long rtt, Instant at) {
    settle(ordinal);
    rtts[ordinal] = rtt;
    lastReply = Optional.of(at);
  }

  /**
   * A request is given up.
   *
   * @param ordinal which request of the round, from 0
   * @param at wall-clock time
   */
  public void lost(int ordinal, LossReason reason, Instant at) {
    settle(ordinal);
    lost.merge(reason, 1, Integer::sum);
    lastTimeout = Optional.of(at);
  }

  /** The packets that count neither way. */
  public StrayTally strays() {
    return strays;
  }

  /** Whether each request is received or lost. */
  public boolean isSettled() {
    return open == 0;
  }

  /**
   * The figures.
   *
   * @throws IllegalStateException if a request is not settled
   */
  public AddressRound toAddressRound() {
    if (!isSettled()) {
      throw new IllegalStateException(open + " requests to " + address + " are not settled");
    }
    List<Long> received = new ArrayList<>(rtts.length);
    for (long rtt : rtts) {
      if (rtt != NO_REPLY) {
        received.add(rtt);
      }
    }
    return new AddressRound(
        address, rtts.length, received, lost, strays.toStrays(), lastTimeout, lastReply);
  }

  private void settle(int ordinal) {
    if (settled[ordinal]) {
      throw new IllegalStateException("request " + ordinal + " to " + address + " settled twice");
    }
    settled[ordinal] = true;
    open--;
  }
}
