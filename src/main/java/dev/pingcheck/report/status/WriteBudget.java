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

  private static final double UNKNOWN = -1;

  private final double writesPerSecond;

  /**
   * How a check asks for writes.
   *
   * @param isOfNodes whether several may report in each period
   */
  private record Pace(Duration period, boolean isOfNodes) {}

  private final Map<String, Pace> paces = new HashMap<>();
  private final Map<Duration, Integer> checksByPeriod = new HashMap<>();
  private double perSecond = UNKNOWN;
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

  /** A check is pinged with this period from now on, by one probe at a time. */
  public void admit(String uid, Duration period) {
    admit(uid, period, false);
  }

  /**
   * A check is pinged with this period from now on.
   *
   * @param isOfNodes whether several nodes may report in each period; one of these reports is then
   *     what counts as a round here
   */
  public synchronized void admit(String uid, Duration period, boolean isOfNodes) {
    Pace pace = new Pace(period, isOfNodes);
    if (pace.equals(paces.get(uid))) {
      return;
    }
    forget(uid);
    paces.put(uid, pace);
    perSecond = UNKNOWN;
    checksByPeriod.merge(period, 1, Integer::sum);
    microRoundsPerSecond += rate(period);
  }

  /** A check is pinged no more. */
  public synchronized void forget(String uid) {
    Pace before = paces.remove(uid);
    if (before != null) {
      perSecond = UNKNOWN;
      microRoundsPerSecond -= rate(before.period());
      checksByPeriod.computeIfPresent(
          before.period(), (period, checks) -> checks > 1 ? checks - 1 : null);
    }
  }

  /**
   * The least time between two writes of a check's figures: while every round fits zero, but a
   * period where several nodes report in each.
   */
  public synchronized Duration spacing(String uid) {
    Pace pace = paces.get(uid);
    if (pace == null) {
      return Duration.ZERO;
    }
    double load = load();
    Duration spacing = load <= 1 ? Duration.ZERO : stretched(pace.period(), load);
    boolean isShort = pace.isOfNodes() && spacing.compareTo(pace.period()) < 0;
    return isShort ? pace.period() : spacing;
  }

  /** From one round of a check to the next; zero if it is not pinged. */
  public synchronized Duration period(String uid) {
    Pace pace = paces.get(uid);
    return pace == null ? Duration.ZERO : pace.period();
  }

  /**
   * Writes of figures a second that all checks together come to: their rounds, or the budget, or a
   * little more where {@link #LONGEST} keeps some from being stretched further.
   */
  public synchronized double perSecond() {
    if (perSecond < 0) {
      perSecond = sum();
    }
    return perSecond;
  }

  private double sum() {
    double load = load();
    if (load <= 1) {
      return microRoundsPerSecond / 1e6;
    }
    double sum = 0;
    for (Map.Entry<Duration, Integer> each : checksByPeriod.entrySet()) {
      Duration period = each.getKey();
      // A round that is rarer than the stretch is written each time.
      long apart = Math.max(period.toNanos(), stretched(period, load).toNanos());
      sum += each.getValue() * 1e9 / apart;
    }
    return sum;
  }

  /** How many times the budget the rounds of all checks are; at most 1 while all are written. */
  public synchronized double load() {
    return microRoundsPerSecond / 1e6 / writesPerSecond;
  }

  /** Whole periods, as only a round brings figures; never beyond the longest. */
  private static Duration stretched(Duration period, double load) {
    long longest = LONGEST.toNanos();
    long most = Math.max(longest - longest % period.toNanos(), Math.min(longest, period.toNanos()));
    return Duration.ofNanos((long) Math.min(period.toNanos() * load, (double) most));
  }

  /** In millionths of a round a second: whole numbers add up without an error that stays. */
  private static long rate(Duration period) {
    return 1_000_000_000_000_000L / period.toNanos();
  }
}
