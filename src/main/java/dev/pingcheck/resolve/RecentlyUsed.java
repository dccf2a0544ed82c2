package dev.pingcheck.resolve;

import dev.pingcheck.clock.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A map that forgets what was not used for long, and what was not used for longest when it is full.
 *
 * <p>Not thread safe.
 */
final class RecentlyUsed<K, V> {
  private final Clock clock;
  private final int capacity;
  private final long idle;
  private final Map<K, Used<V>> entries = new LinkedHashMap<>(16, 0.75f, true);

  private static final class Used<V> {
    private final V value;
    private long at;

    private Used(V value, long at) {
      this.value = value;
      this.at = at;
    }
  }

  /**
   * @param capacity at least 1
   * @param idle for how long it keeps what nobody uses
   */
  RecentlyUsed(Clock clock, int capacity, Duration idle) {
    this.clock = clock;
    this.capacity = capacity;
    this.idle = idle.toNanos();
  }

  Optional<V> get(K key) {
    Used<V> used = entries.get(key);
    if (used == null) {
      return Optional.empty();
    }
    used.at = clock.nanoTime();
    return Optional.of(used.value);
  }

  void put(K key, V value) {
    entries.put(key, new Used<>(value, clock.nanoTime()));
    if (entries.size() > capacity) {
      Iterator<K> eldest = entries.keySet().iterator();
      eldest.next();
      eldest.remove();
    }
  }

  void remove(K key) {
    entries.remove(key);
  }

  void clear() {
    entries.clear();
  }

  int size() {
    return entries.size();
  }

  /** Forgets what nobody has used for long; costs nothing where there is none. */
  void forgetIdle() {
    long now = clock.nanoTime();
    Iterator<Used<V>> eldestFirst = entries.values().iterator();
    while (eldestFirst.hasNext() && now - eldestFirst.next().at >= idle) {
      eldestFirst.remove();
    }
  }
}
