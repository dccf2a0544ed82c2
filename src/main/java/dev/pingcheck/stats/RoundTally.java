package dev.pingcheck.stats;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Collects what became of the echo requests of one round to one address, until each of them is
 * settled. Not thread safe.
 */
public final class RoundTally {
  private static final long OPEN = -1;
  private static final long LOST = -2;
  private static final long UNTIMED = -3;
  private static final long NEVER = Long.MIN_VALUE;

  private final String address;
  private final long[] outcomes;
  private final Map<LossReason, Integer> lost = new EnumMap<>(LossReason.class);
  private final StrayTally strays = new StrayTally();
  private Optional<Instant> lastTimeout = Optional.empty();
  private long lastReply = NEVER;
  private int timeToLive = -1;
  private int kernelTimed;
  private int open;

  /**
   * @param address in its textual form (RFC 5952)
   * @param count requests in the round, at least 1
   */
  public RoundTally(String address, int count) {
    this.address = address;
    outcomes = new long[count];
    Arrays.fill(outcomes, OPEN);
    open = count;
  }

  /**
   * A valid reply came in time. Allocates nothing.
   *
   * @param ordinal which request of the round, from 0
   * @param rtt nanoseconds, at least 0
   * @param byKernel whether the kernel has measured it
   */
  public void received(int ordinal, long rtt, boolean byKernel) {
    settle(ordinal, rtt);
    kernelTimed += byKernel ? 1 : 0;
  }

  /** A valid reply came in time, nobody knows after what time. */
  public void receivedUntimed(int ordinal) {
    settle(ordinal, UNTIMED);
  }

  /**
   * What else the last valid reply told.
   *
   * @param epochNanos wall-clock time at which it was read
   * @param ttl with which it arrived; negative if not known
   */
  public void lastReply(long epochNanos, int ttl) {
    lastReply = epochNanos;
    timeToLive = ttl;
  }

  /**
   * A request is given up.
   *
   * @param ordinal which request of the round, from 0
   * @param at wall-clock time
   */
  public void lost(int ordinal, LossReason reason, Instant at) {
    settle(ordinal, LOST);
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
    return new AddressRound(
        address, outcomes.length, replies(), lost, strays.toStrays(), lastTimeout);
  }

  private Replies replies() {
    int count = 0;
    List<Long> rtts = new ArrayList<>(outcomes.length);
    for (long outcome : outcomes) {
      count += outcome == LOST ? 0 : 1;
      if (outcome >= 0) {
        rtts.add(outcome);
      }
    }
    return new Replies(
        count,
        rtts,
        kernelTimed,
        timeToLive < 0 ? OptionalInt.empty() : OptionalInt.of(timeToLive),
        lastReply == NEVER ? Optional.empty() : Optional.of(instant(lastReply)));
  }

  private static Instant instant(long epochNanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(epochNanos, 1_000_000_000L), Math.floorMod(epochNanos, 1_000_000_000L));
  }

  private void settle(int ordinal, long outcome) {
    if (outcomes[ordinal] != OPEN) {
      throw new IllegalStateException("request " + ordinal + " to " + address + " settled twice");
    }
    outcomes[ordinal] = outcome;
    open--;
  }
}
