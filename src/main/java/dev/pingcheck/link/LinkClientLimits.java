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
   * Pauses that grow from the first to the longest; each is shortened at random.
   *
   * @param growth by which each is longer than the one before, above 1
   * @param jitter the share of a pause that chance decides on, 0 to 1
   */
  public record Backoff(Duration first, Duration longest, double growth, double jitter) {
    private static final int MOST_STEPS = 1000;

    /** Pauses that double, and are shortened by up to a half. */
    public Backoff(Duration first, Duration longest) {
      this(first, longest, 2, 0.5);
    }

    /**
     * The pause after some failures in a row.
     *
     * @param failures at least 1
     * @param random in [0, 1)
     */
    Duration after(int failures, double random) {
      double grown = first.toMillis() * Math.pow(growth, Math.min(failures - 1, MOST_STEPS));
      double bounded = Math.min(grown, longest.toMillis());
      return Duration.ofMillis(Math.round(bounded * (1 - random * jitter)));
    }
  }

  /**
   * 10,000 reports in 8 MiB, 512 in flight, 100 ms to 5 s, ten minutes, and ten seconds for the
   * last reports, within the fifteen of a probe's pod.
   */
  public static LinkClientLimits defaults() {
    return new LinkClientLimits(
        10_000,
        8L << 20,
        512,
        new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5)),
        Duration.ofMinutes(10),
        Duration.ofSeconds(10));
  }

  /**
   * The same, with pauses for a thousand probes that lose one operator at once: a second to ten,
   * three hundredths longer each time, and chance decides on the whole of each. On average twenty
   * attempts fall into the first fifteen seconds, which find the one of two operators behind a name
   * that leads.
   */
  public static LinkClientLimits overNetwork() {
    LinkClientLimits usual = defaults();
    return new LinkClientLimits(
        usual.reports,
        usual.reportBytes,
        usual.inFlight,
        new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10), 1.03, 1),
        usual.orphanedFor,
        usual.farewell);
  }
}
