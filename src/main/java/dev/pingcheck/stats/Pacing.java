package dev.pingcheck.stats;

import java.util.Map;

/**
 * How well a probe kept to the times of a check, since the report before.
 *
 * @param longestDelay by how many nanoseconds the latest request was late that a budget held back,
 *     or that followed such a one; at least 0
 * @param setbacks what each cause did; those that did nothing are left out
 */
public record Pacing(long longestDelay, Map<SetbackCause, Setback> setbacks) {
  /** Every request went out when it was due. */
  public static final Pacing ON_TIME = new Pacing(0, Map.of());

  /**
   * @throws IllegalArgumentException if the delay is negative
   */
  public Pacing {
    setbacks = Map.copyOf(setbacks);
    if (longestDelay < 0) {
      throw new IllegalArgumentException("negative: " + longestDelay);
    }
  }

  /** Rounds that never began. */
  public int roundsSkipped() {
    return setbacks.values().stream().mapToInt(Setback::roundsSkipped).sum();
  }
}
