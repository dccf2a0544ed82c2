package dev.pingcheck.stats;

import java.util.List;
import java.util.Optional;

/**
 * Round-trip times of one round, in nanoseconds, each at least 0.
 *
 * @param min the shortest
 * @param avg the arithmetic mean
 * @param max the longest
 * @param stdDev the population standard deviation: what ping calls mdev
 * @param jitter the mean absolute difference of neighbours in the order of sending; 0 for one
 */
public record RttSummary(long min, long avg, long max, long stdDev, long jitter) {

  /**
   * Sums up round-trip times in the order of their requests.
   *
   * @return empty for an empty list
   */
  public static Optional<RttSummary> of(List<Long> rtts) {
    if (rtts.isEmpty()) {
      return Optional.empty();
    }
    long min = Long.MAX_VALUE;
    long max = 0;
    long sum = 0;
    long steps = 0;
    for (int i = 0; i < rtts.size(); i++) {
      long rtt = rtts.get(i);
      min = Math.min(min, rtt);
      max = Math.max(max, rtt);
      sum += rtt;
      steps += i == 0 ? 0 : Math.abs(rtt - rtts.get(i - 1));
    }
    int n = rtts.size();
    double mean = (double) sum / n;
    double squares = 0;
    for (long rtt : rtts) {
      squares += (rtt - mean) * (rtt - mean);
    }
    return Optional.of(
        new RttSummary(
            min,
            Math.round(mean),
            max,
            Math.round(Math.sqrt(squares / n)),
            n == 1 ? 0 : Math.round((double) steps / (n - 1))));
  }
}
