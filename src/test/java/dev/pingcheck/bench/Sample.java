package dev.pingcheck.bench;

import java.util.List;

/**
 * Measured values of one quantity.
 *
 * @param sorted ascending, at least one
 */
public record Sample(List<Double> sorted) {
  public Sample {
    if (sorted.isEmpty()) {
      throw new IllegalArgumentException("an empty sample has no percentiles");
    }
    sorted = sorted.stream().sorted().toList();
  }

  /**
   * The percentile by nearest rank: the smallest value such that at least {@code percent} of a
   * hundred values are not greater. It is always a value that was measured.
   *
   * @param percent 1 to 100
   */
  public double percentile(int percent) {
    if (percent < 1 || percent > 100) {
      throw new IllegalArgumentException("a percentile is 1 to 100, not " + percent);
    }
    int rank = Math.ceilDiv(percent * sorted.size(), 100);
    return sorted.get(rank - 1);
  }

  public double min() {
    return sorted.getFirst();
  }

  public double max() {
    return sorted.getLast();
  }

  public int size() {
    return sorted.size();
  }
}
