package dev.pingcheck.stats;

/**
 * What one cause did to a check.
 *
 * @param requestsDelayed echo requests that went out late, at least 0
 * @param delay by how many nanoseconds, all together, at least 0
 * @param roundsSkipped rounds that never began, as it was not their time any more, at least 0
 */
public record Setback(int requestsDelayed, long delay, int roundsSkipped) {

  /**
   * @throws IllegalArgumentException if a number is negative
   */
  public Setback {
    if (requestsDelayed < 0 || delay < 0 || roundsSkipped < 0) {
      throw new IllegalArgumentException(
          "negative: " + requestsDelayed + ", " + delay + " or " + roundsSkipped);
    }
  }
}
