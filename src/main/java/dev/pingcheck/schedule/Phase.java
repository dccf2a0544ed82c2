package dev.pingcheck.schedule;

import java.time.Duration;
import java.time.Instant;

/**
 * Where in its period a check's rounds start. The phase comes from the check's UID alone and is
 * anchored at the epoch of the wall clock, so that it is the same after a restart and on each
 * probe, and many checks of one period lie evenly spread over it.
 */
public final class Phase {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private Phase() {}

  /**
   * The phase of a check.
   *
   * @param uid the check's UID
   * @param period positive
   * @return nanoseconds, from 0 to below {@code period}
   */
  public static long of(String uid, Duration period) {
    return Math.unsignedMultiplyHigh(hash(uid), period.toNanos());
  }

  /**
   * How long it is until the next time at which a round of this check is to start.
   *
   * @param uid the check's UID
   * @param period positive
   * @param now the wall-clock time
   * @return nanoseconds, from 0 to below {@code period}
   */
  public static long delay(String uid, Duration period, Instant now) {
    long nanos = period.toNanos();
    // An epoch's nanoseconds fit into a long until the year 2262.
    long sinceEpoch = now.getEpochSecond() * 1_000_000_000L + now.getNano();
    return Math.floorMod(of(uid, period) - Math.floorMod(sinceEpoch, nanos), nanos);
  }

  /** FNV-1a and the finalizer of SplitMix64, which spreads what FNV leaves in the low bits. */
  private static long hash(String uid) {
    long h = FNV_OFFSET;
    for (int i = 0; i < uid.length(); i++) {
      h = (h ^ uid.charAt(i)) * FNV_PRIME;
    }
    h = (h ^ (h >>> 30)) * 0xbf58476d1ce4e5b9L;
    h = (h ^ (h >>> 27)) * 0x94d049bb133111ebL;
    return h ^ (h >>> 31);
  }
}
