package dev.pingcheck.report.status;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How often the figures of a check may be written, so that all checks together stay within one
 * budget of writes. While the checks' rounds fit into it, each round is written; beyond that every
 * check is stretched by the same factor, at most to {@link #LONGEST}. Conditions do not ask here.
 *
 * <p>Thread safe.
 */
public final class WriteBudget {

  /** The oldest that figures become, however many checks there are. */
  public static final Duration LONGEST = Duration.ofMinutes(5);

  private final double writesPerSecond;
  private final Map<String, Duration> periods = new HashMap<>();
  private long microRoundsPerSecond;

  /**
   * @param writesPerSecond the budget, above 0
   */
  public WriteBudget(double writesPerSecond) {
    if (!(writesPerSecond > 0)) {
      throw new IllegalArgumentException("the budget must be above 0 writes a second");
    }
    this.writesPerSecond = writesPerSecond;
  }

  /** A check is pinged with this period from now on. */
  public synchronized void admit(String uid, Duration period) {
    forget(uid);
    periods.put(uid, period);
    microRoundsPerSecond += rate(period);
  }

  /** A check is pinged no more. */
  public synchronized void forget(String uid) {
    Duration before = periods.remove(uid);
    microRoundsPerSecond -= before == null ? 0 : rate(before);
  }

  /** The least time between two writes of a check's figures; zero while every round fits. */
  public synchronized Duration spacing(String uid) {
    Duration period = periods.get(uid);
    double load = microRoundsPerSecond / 1e6 / writesPerSecond;
    if (period == null || load <= 1) {
      return Duration.ZERO;
    }
    double stretched = period.toNanos() * load;
    return Duration.ofNanos((long) Math.min(stretched, (double) LONGEST.toNanos()));
  }

  /** In millionths of a round a second: whole numbers add up without an error that stays. */
  private static long rate(Duration period) {
    return 1_000_000_000_000_000L / period.toNanos();
  }
}
