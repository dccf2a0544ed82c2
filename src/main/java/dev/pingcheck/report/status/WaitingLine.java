package dev.pingcheck.report.status;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Those who wait until there is room for one more. Each is called when its turn has come, so that
 * nobody need ask again and again. For a moment the room is kept for whoever is called; one that
 * does not come keeps nobody from going.
 *
 * @param <T> who waits, told apart by identity
 */
final class WaitingLine<T> {
  /** A turn comes some milliseconds after the call; longer than this all threads are busy. */
  private static final Duration KEPT = Duration.ofMillis(500);

  private final LinkedHashMap<T, Runnable> waiting = new LinkedHashMap<>();
  private final Map<T, Long> called = new HashMap<>();

  /**
   * Whether somebody who asks may go; else they wait from now on, or still do.
   *
   * @param call has them ask again
   * @param room for how many there is room
   * @param now monotonic nanoseconds
   */
  boolean passes(T who, Runnable call, int room, long now) {
    boolean wasCalled = called.remove(who) != null;
    boolean waits = waiting.containsKey(who);
    boolean fits = room > (wasCalled ? 0 : onTheirWay(now));
    if (fits && (wasCalled || waits || waiting.isEmpty())) {
      waiting.remove(who);
      return true;
    }
    if (wasCalled) {
      waiting.putFirst(who, call); // somebody else was quicker
    } else if (!waits) {
      waiting.putLast(who, call);
    }
    return false;
  }

  private long onTheirWay(long now) {
    return called.values().stream().filter(at -> now - at < KEPT.toNanos()).count();
  }

  /**
   * There is room for one more: calls the next one when it is run, if anybody waits.
   *
   * @param now monotonic nanoseconds
   */
  Runnable next(long now) {
    Map.Entry<T, Runnable> next = waiting.pollFirstEntry();
    if (next == null) {
      return () -> {};
    }
    called.put(next.getKey(), now);
    return next.getValue();
  }

  /** They need not go any more. */
  void leave(T who) {
    waiting.remove(who);
    called.remove(who);
  }
}
