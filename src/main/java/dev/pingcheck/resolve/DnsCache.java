package dev.pingcheck.resolve;

import dev.pingcheck.clock.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Lookups that are still valid, and those on their way: many who ask for one name share one
 * question.
 *
 * <p>Thread safe.
 */
final class DnsCache<K> {
  private final Clock clock;
  private final Map<K, CompletableFuture<Lookup>> flights = new HashMap<>();
  private final Map<K, Entry> entries;

  private record Entry(Lookup lookup, long since) {}

  DnsCache(Clock clock, int capacity) {
    this.clock = clock;
    this.entries = Bounded.leastRecentlyUsed(capacity);
  }

  CompletableFuture<Lookup> get(K key, Supplier<CompletableFuture<Lookup>> ask) {
    CompletableFuture<Lookup> flight;
    synchronized (this) {
      Optional<Lookup> known = valid(key);
      if (known.isPresent()) {
        return CompletableFuture.completedFuture(known.get());
      }
      flight = flights.get(key);
      if (flight != null) {
        return flight;
      }
      flight = new CompletableFuture<>();
      flights.put(key, flight);
    }
    CompletableFuture<Lookup> landed = flight;
    ask.get()
        .thenAccept(lookup -> {
          land(key, lookup);
          landed.complete(lookup);
        });
    return flight;
  }

  private Optional<Lookup> valid(K key) {
    return Optional.ofNullable(entries.get(key))
        .filter(entry -> clock.nanoTime() - entry.since < entry.lookup.ttl().toNanos())
        .map(Entry::lookup);
  }

  private synchronized void land(K key, Lookup lookup) {
    flights.remove(key);
    entries.put(key, new Entry(lookup, clock.nanoTime()));
  }

  synchronized void clear() {
    entries.clear();
  }

  /** Maps that forget what was not asked for longest. */
  static final class Bounded<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1;
    private final int capacity;

    private Bounded(int capacity) {
      super(16, 0.75f, true);
      this.capacity = capacity;
    }

    static <K, V> Map<K, V> leastRecentlyUsed(int capacity) {
      return new Bounded<>(capacity);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > capacity;
    }
  }
}
