package dev.pingcheck.page.history;

import java.util.Arrays;

/**
 * How round-trip times are spread, in nanoseconds: what the bands of a smoke graph are drawn of.
 *
 * @param min the shortest
 * @param lower the quartile below the median
 * @param median as many are shorter as are longer
 * @param upper the quartile above the median
 * @param max the longest
 */
public record Spread(long min, long lower, long median, long upper, long max) {

  /**
   * That of these times; a quartile between two of them is interpolated.
   *
   * @param rtts at least one, in any order
   */
  static Spread of(long[] rtts) {
    long[] sorted = rtts.clone();
    Arrays.sort(sorted);
    return new Spread(
        sorted[0],
        quantile(sorted, 0.25),
        quantile(sorted, 0.5),
        quantile(sorted, 0.75),
        sorted[sorted.length - 1]);
  }

  private static long quantile(long[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return Math.round(sorted[below] + (at - below) * (sorted[above] - sorted[below]));
  }

  /**
   * This and another one together: the ends are exact, what is between them is the mean of both.
   *
   * @param count how many times this one is of
   * @param otherCount how many the other one is of; at least one
   */
  Spread with(Spread other, long count, long otherCount) {
    double share = (double) otherCount / (count + otherCount);
    return new Spread(
        Math.min(min, other.min),
        between(lower, other.lower, share),
        between(median, other.median, share),
        between(upper, other.upper, share),
        Math.max(max, other.max));
  }

  private static long between(long one, long other, double share) {
    return Math.round(one + share * (other - one));
  }
}
