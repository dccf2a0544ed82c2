package dev.pingcheck.stats;

/** The share of echo requests that were lost. */
public final class Loss {
  private Loss() {}

  /**
   * The share as a whole number of percent: 0 only when nothing was lost, 100 only when all was,
   * else the nearest of 1 to 99 (halves upwards). Nothing sent is nothing lost.
   *
   * @param sent settled requests, at least 0
   * @param received 0 to {@code sent}
   */
  public static int percent(int sent, int received) {
    int lost = sent - received;
    if (lost == 0) {
      return 0;
    }
    if (received == 0) {
      return 100;
    }
    long nearest = (200L * lost + sent) / (2L * sent);
    return Math.clamp(nearest, 1, 99);
  }
}
