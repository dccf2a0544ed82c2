package dev.pingcheck.stats;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One round's figures for one address.
 *
 * @param address the IPv4 or IPv6 address in its textual form (RFC 5952)
 * @param sent settled echo requests: always {@code received} plus all of {@code lost}
 * @param rtts round-trip times in nanoseconds of the received replies, in the order of their
 *     requests; as many as were received
 * @param lost how many were lost for which reason; no entry is 0
 * @param strays packets that count neither way
 * @param lastTimeout wall-clock time when the last request of the round was given up, if one was
 * @param lastReply wall-clock time when the last valid reply arrived, if one did
 */
public record AddressRound(
    String address,
    int sent,
    List<Long> rtts,
    Map<LossReason, Integer> lost,
    Strays strays,
    Optional<Instant> lastTimeout,
    Optional<Instant> lastReply) {

  /**
   * @throws IllegalArgumentException if sent is not received plus lost
   */
  public AddressRound {
    rtts = List.copyOf(rtts);
    lost = Map.copyOf(lost);
    int sum = rtts.size();
    for (int count : lost.values()) {
      sum += count;
    }
    if (sum != sent) {
      throw new IllegalArgumentException(
          "sent " + sent + " is not received " + rtts.size() + " plus lost " + lost);
    }
  }

  /** Valid replies, at most {@link #sent}. */
  public int received() {
    return rtts.size();
  }

  /**
   * The share that was lost as a whole number: 0 only when nothing was lost, 100 only when all was,
   * else the nearest of 1 to 99.
   */
  public int lossPercent() {
    return Loss.percent(sent, received());
  }

  /** The round-trip times, unless nothing came back. */
  public Optional<RttSummary> rtt() {
    return RttSummary.of(rtts);
  }
}
