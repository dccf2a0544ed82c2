package dev.pingcheck.report.status;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Those who wait until there is room for one more. Each is called when its turn has come, so that
 * nobody need ask again and again. For a moment the room is kept for whoever is called; one that
 * does not come keeps nobody from going.
 *
 * <p>From the call to the moment at which somebody comes the room would stand empty. Where that
 * shows, more are called than there is room for, until nobody is waited for; who then finds no room
 * keeps its number in the line.
 *
 * @param <T> who waits, told apart by identity
 */
final class WaitingLine<T> {
  /** A turn comes some milliseconds after the call; longer than this all threads are busy. */
  private static final Duration KEPT = Duration.ofMillis(500);

  private final int places;
  private final Map<T, Long> numbers = new HashMap<>();
  private final NavigableMap<Long, Runnable> waiting = new TreeMap<>();
  private final Map<Long, Long> called = new HashMap<>();
  private long lastNumber;
  private int ahead;

  /**
   * @param places for how many there is room at the most
   */
  WaitingLine(int places) {
    this.places = places;
  }

  /**
   * Whether somebody who asks may go; else they wait from now on, or still do.
   *
   * @param call has them ask again
   * @param room for how many there is room
   * @param now monotonic nanoseconds
   */
  boolean passes(T who, Runnable call, int room, long now) {
    Long number = numbers.get(who);
    boolean wasCalled = number != null && called.remove(number) != null;
    boolean fits = room > (wasCalled ? 0 : onTheirWay(now));
    if (fits && (number != null || waiting.isEmpty())) {
      leave(who);
      return true;
    }
    if (wasCalled) {
      ahead = Math.max(0, ahead - 1); // somebody else was quicker
    }
    waiting.put(number == null ? numbered(who) : number, call);
    return false;
  }

  private long numbered(T who) {
    numbers.put(who, ++lastNumber);
    return lastNumber;
  }

  private long onTheirWay(long now) {
    return called.values().stream().filter(at -> now - at < KEPT.toNanos()).count();
  }

  /**
   * There is room for one more than before: calls the next ones when they are run, if any wait.
   *
   * @param room for how many there is room now
   * @param now monotonic nanoseconds
   */
  List<Runnable> next(int room, long now) {
    if (room > 1 && !waiting.isEmpty()) {
      ahead = Math.min(places, ahead + 1); // there was room before, and nobody has come yet
    }
    List<Runnable> calls = new ArrayList<>();
    for (long some = room + ahead - onTheirWay(now); some > 0 && !waiting.isEmpty(); some--) {
      Map.Entry<Long, Runnable> next = waiting.pollFirstEntry();
      called.put(next.getKey(), now);
      calls.add(next.getValue());
    }
    return calls;
  }

  /** They need not go any more. */
  void leave(T who) {
    Long number = numbers.remove(who);
    if (number != null) {
      waiting.remove(number);
      called.remove(number);
    }
  }
}
