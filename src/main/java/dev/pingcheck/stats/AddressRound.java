package dev.pingcheck.stats;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One round's figures for one address.
 *
 * @param address the IPv4 or IPv6 address in its textual form (RFC 5952)
 * @param sent settled echo requests: always those received plus all of {@code lost}
 * @param replies the valid ones
 * @param lost how many were lost for which reason; no entry is 0
 * @param strays packets that count neither way
 * @param lastTimeout wall-clock time when the last request of the round was given up, if one was
 */
public record AddressRound(
    String address,
    int sent,
    Replies replies,
    Map<LossReason, Integer> lost,
    Strays strays,
    Optional<Instant> lastTimeout) {

  /**
   * @throws IllegalArgumentException if sent is not received plus lost
   */
  public AddressRound {
    lost = Map.copyOf(lost);
    int sum = replies.count();
    for (int count : lost.values()) {
      sum += count;
    }
    if (sum != sent) {
      throw new IllegalArgumentException(
          "sent " + sent + " is not received " + replies.count() + " plus lost " + lost);
    }
  }

  /** Valid replies, at most {@link #sent}. */
  public int received() {
    return replies.count();
  }

  /** When the last valid reply arrived, if one did. */
  public Optional<Instant> lastReply() {
    return replies.last();
  }

  /**
   * The share that was lost as a whole number: 0 only when nothing was lost, 100 only when all was,
   * else the nearest of 1 to 99.
   */
  public int lossPercent() {
    return Loss.percent(sent, received());
  }

  /** The round-trip times, unless none is known. */
  public Optional<RttSummary> rtt() {
    return RttSummary.of(replies.rtts());
  }
}
