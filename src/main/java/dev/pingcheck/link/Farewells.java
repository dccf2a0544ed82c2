package dev.pingcheck.link;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.link.proto.Farewell;
import dev.pingcheck.plan.Interruption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Which probes are ending, and what those that have ended leave to the next one in their place.
 *
 * <p>Thread safe.
 */
final class Farewells {
  /** Of nodes that do not come back, those that left first are forgotten first. */
  private static final int MOST = 4096;

  private final Map<String, Farewell> ending = new HashMap<>();
  private final SequencedMap<String, Interruption> left = new LinkedHashMap<>();

  /** A probe has said that it ends. */
  synchronized void begins(String place, Farewell said) {
    ending.put(place, said);
    notifyAll();
  }

  /** A probe has gone, perhaps without a word. */
  synchronized void ended(String place, Instant now) {
    Farewell last = ending.remove(place);
    if (last != null) {
      left.putLast(place, InterruptionMessages.after(last, now));
      if (left.size() > MOST) {
        left.pollFirstEntry();
      }
    }
    notifyAll();
  }

  /** What the next probe in a place has to make up for; it is told once. */
  synchronized Optional<Interruption> take(String place) {
    return Optional.ofNullable(left.remove(place));
  }

  /**
   * Waits until the probe in a place has ended, if it is ending.
   *
   * @param toBegin for how long it may be silent about that
   * @param toEnd for how long it may take, from when it has said so
   * @return what it leaves; empty if it does not end
   */
  synchronized Optional<Interruption> await(
      String place, Duration toBegin, Duration toEnd, Clock clock) throws InterruptedException {
    awaitUntil(() -> ending.containsKey(place) || left.containsKey(place), toBegin);
    awaitUntil(() -> !ending.containsKey(place), toEnd);
    Farewell unfinished = ending.get(place);
    return unfinished == null
        ? Optional.ofNullable(left.get(place))
        : Optional.of(InterruptionMessages.after(unfinished, clock.now()));
  }

  private synchronized void awaitUntil(BooleanSupplier isSo, Duration limit)
      throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!isSo.getAsBoolean()) {
      long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (millis <= 0) {
        return;
      }
      wait(millis);
    }
  }
}
