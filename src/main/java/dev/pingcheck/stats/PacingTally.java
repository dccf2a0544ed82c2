package dev.pingcheck.stats;

import java.util.EnumMap;
import java.util.Map;

/** Collects the setbacks of a check between two reports. Not thread safe. */
public final class PacingTally {
  private static final SetbackCause[] CAUSES = SetbackCause.values();

  private final int[] delayed = new int[CAUSES.length];
  private final long[] delays = new long[CAUSES.length];
  private final int[] skipped = new int[CAUSES.length];
  private long longestDelay;

  /**
   * A request went out late.
   *
   * @param nanos at least 0
   */
  public void delayed(SetbackCause cause, long nanos) {
    delayed[cause.ordinal()]++;
    delays[cause.ordinal()] += nanos;
    longestDelay = Math.max(longestDelay, nanos);
  }

  /** Rounds never began. */
  public void skipped(SetbackCause cause, long rounds) {
    skipped[cause.ordinal()] = (int) Math.min(Integer.MAX_VALUE, skipped[cause.ordinal()] + rounds);
  }

  /** What was collected so far. */
  public Pacing toPacing() {
    Map<SetbackCause, Setback> setbacks = new EnumMap<>(SetbackCause.class);
    for (SetbackCause cause : CAUSES) {
      int i = cause.ordinal();
      if (delayed[i] > 0 || skipped[i] > 0) {
        setbacks.put(cause, new Setback(delayed[i], delays[i], skipped[i]));
      }
    }
    return new Pacing(longestDelay, setbacks);
  }
}
