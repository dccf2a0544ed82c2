package dev.pingcheck.operator;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Checks that are to be looked at again because of something that concerns many: a policy, the
 * labels of a namespace, room in it. They get their turn in the order in which they came, no more
 * than 2000 a second, so that no change of a policy holds up the reports.
 *
 * <p>Thread safe.
 */
final class WakeQueue implements AutoCloseable {
  /** How many get their turn in one go. */
  static final int BATCH = 100;

  private static final long PAUSE_MILLIS = 50;
  private static final System.Logger LOG = System.getLogger(WakeQueue.class.getName());

  private record Name(String namespace, String name) {}

  private final Set<Name> waiting = new LinkedHashSet<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("pingcheck-wake").daemon().factory());

  /** A check that waits already keeps its place. */
  synchronized void add(String namespace, String name) {
    waiting.add(new Name(namespace, name));
  }

  /**
   * Begins to give turns.
   *
   * @param wake has a check looked at, by namespace and name
   */
  void start(BiConsumer<String, String> wake) {
    timer.scheduleWithFixedDelay(
        () -> turn(wake), PAUSE_MILLIS, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** One go. */
  void turn(BiConsumer<String, String> wake) {
    for (Name next : take()) {
      try {
        wake.accept(next.namespace, next.name);
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, next + " could not be looked at again.", e);
      }
    }
  }

  private synchronized List<Name> take() {
    List<Name> taken = new ArrayList<>();
    Iterator<Name> oldestFirst = waiting.iterator();
    while (oldestFirst.hasNext() && taken.size() < BATCH) {
      taken.add(oldestFirst.next());
      oldestFirst.remove();
    }
    return taken;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
