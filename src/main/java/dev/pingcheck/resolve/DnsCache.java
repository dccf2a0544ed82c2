package dev.pingcheck.resolve;

import dev.pingcheck.clock.Clock;
import java.time.Duration;
import java.util.HashMap;
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
  private final RecentlyUsed<K, Entry> entries;

  private record Entry(Lookup lookup, long since) {
    long until() {
      return since + lookup.ttl().toNanos();
    }
  }

  DnsCache(Clock clock, int capacity, Duration idle) {
    this.clock = clock;
    this.entries = new RecentlyUsed<>(clock, capacity, idle);
  }

  /**
   * What is known of a key, or what asking for it comes to. It is not asked for again before an
   * answer is five seconds old, however short its time to live.
   *
   * @param goodAt the monotonic time at which the lookup must still be valid
   */
  CompletableFuture<Lookup> get(K key, long goodAt, Supplier<CompletableFuture<Lookup>> ask) {
    CompletableFuture<Lookup> flight;
    synchronized (this) {
      Optional<Lookup> known = valid(key, goodAt);
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

  /** The monotonic time from which on a key is asked for anew; now, if nothing is known of it. */
  synchronized long validUntil(K key) {
    return entries.get(key).map(Entry::until).orElseGet(clock::nanoTime);
  }

  private Optional<Lookup> valid(K key, long goodAt) {
    long now = clock.nanoTime();
    return entries
        .get(key)
        .filter(entry -> now - entry.until() < 0)
        .filter(
            entry -> goodAt - entry.until() < 0 || now - entry.since < TimeToLive.FLOOR.toNanos())
        .map(Entry::lookup);
  }

  private synchronized void land(K key, Lookup lookup) {
    flights.remove(key);
    entries.put(key, new Entry(lookup, clock.nanoTime()));
  }

  synchronized void clear() {
    entries.clear();
  }

  synchronized void forgetIdle() {
    entries.forgetIdle();
  }

  synchronized int size() {
    return entries.size();
  }
}
