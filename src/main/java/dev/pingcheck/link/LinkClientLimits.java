package dev.pingcheck.link;

import java.time.Duration;

/**
 * The bounds of the probe's side.
 *
 * @param reports how many unacknowledged reports are kept, at least 1; the oldest goes first
 * @param reportBytes how many octets of memory they may take in their encoded form
 * @param inFlight how many are sent before the first of them is acknowledged, at least 1
 * @param backoff the pauses between attempts to connect
 * @param orphanedFor how long the last plans are followed without an operator
 * @param farewell how long closing waits for the last reports to be acknowledged
 */
public record LinkClientLimits(
    int reports,
    long reportBytes,
    int inFlight,
    Backoff backoff,
    Duration orphanedFor,
    Duration farewell) {

  /**
   * Pauses that double from the first to the longest; each is shortened at random by up to a half.
   */
  public record Backoff(Duration first, Duration longest) {
    /**
     * The pause after some failures in a row.
     *
     * @param failures at least 1
     * @param random in [0, 1)
     */
    Duration after(int failures, double random) {
      long doubled = first.toMillis() << Math.min(failures - 1, 20);
      long bounded = Math.min(doubled, longest.toMillis());
      return Duration.ofMillis(Math.round(bounded * (1 - random / 2)));
    }
  }

  /** 10,000 reports in 8 MiB, 512 in flight, 100 ms to 5 s, ten minutes, two seconds. */
  public static LinkClientLimits defaults() {
    return new LinkClientLimits(
        10_000,
        8L << 20,
        512,
        new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5)),
        Duration.ofMinutes(10),
        Duration.ofSeconds(2));
  }
}
