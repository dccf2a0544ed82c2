package dev.pingcheck.report.status;

/**
 * Lets writes pass at a rate, and after a pause some more at once.
 *
 * <p>Not thread safe.
 */
final class TokenBucket {
  private static final double NANOS_PER_SECOND = 1e9;

  private double tokens;
  private long filledAt;
  private boolean begun;

  /**
   * Takes a token if there is one.
   *
   * @param now monotonic nanoseconds
   * @param perSecond the rate that held since the last call, above 0
   * @param burst the most that gather, at least 1
   */
  boolean take(long now, double perSecond, double burst) {
    fill(now, perSecond, burst);
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }

  /**
   * Takes a token that may not be there yet: whoever asks earlier gets the earlier one.
   *
   * @return nanoseconds until it is, 0 if it is there
   */
  long reserve(long now, double perSecond, double burst) {
    fill(now, perSecond, burst);
    tokens--;
    return tokens >= 0 ? 0 : (long) Math.ceil(-tokens / perSecond * NANOS_PER_SECOND);
  }

  private void fill(long now, double perSecond, double burst) {
    double since = begun ? (now - filledAt) / NANOS_PER_SECOND * perSecond : burst;
    tokens = Math.min(burst, tokens + since);
    filledAt = now;
    begun = true;
  }
}
