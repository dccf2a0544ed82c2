package dev.pingcheck.stats;

import java.util.EnumMap;
import java.util.Map;

/**
 * Packets that came for a check but are no answer to count.
 *
 * @param counts how many of which kind; no entry is 0
 */
public record Strays(Map<StrayKind, Integer> counts) {
  public static final Strays NONE = new Strays(Map.of());

  public Strays {
    counts = Map.copyOf(counts);
  }

  /** Some of one kind and none of the others. */
  public static Strays of(StrayKind kind, int count) {
    return count == 0 ? NONE : new Strays(Map.of(kind, count));
  }

  /** These and some of another kind. */
  public Strays and(StrayKind kind, int count) {
    if (count == 0) {
      return this;
    }
    Map<StrayKind, Integer> sum = new EnumMap<>(StrayKind.class);
    sum.putAll(counts);
    sum.merge(kind, count, Integer::sum);
    return new Strays(sum);
  }

  /** How many of a kind, at least 0. */
  public int count(StrayKind kind) {
    return counts.getOrDefault(kind, 0);
  }
}
