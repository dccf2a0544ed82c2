package dev.pingcheck.resolve;

import dev.pingcheck.clock.Clock;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The addresses that names had when they were last looked up with success, for the time when no
 * server answers.
 *
 * <p>Thread safe.
 */
final class LastKnown {
  private final Clock clock;
  private final RecentlyUsed<Key, Entry> entries;

  private record Key(String hostname, Family family) {}

  private record Entry(List<InetAddress> addresses, long since) {}

  /** Addresses and how old they are. */
  record Aged(List<InetAddress> addresses, Duration age) {}

  LastKnown(Clock clock, int capacity, Duration idle) {
    this.clock = clock;
    this.entries = new RecentlyUsed<>(clock, capacity, idle);
  }

  /**
   * @param at the monotonic time at which a server said so
   */
  synchronized void found(String hostname, Family family, List<InetAddress> addresses, long at) {
    entries.put(new Key(hostname, family), new Entry(addresses, at));
  }

  /** A server has said that there are none: the old ones are not to be used again. */
  synchronized void none(String hostname, Family family) {
    entries.remove(new Key(hostname, family));
  }

  synchronized Optional<Aged> get(String hostname, Family family) {
    return entries
        .get(new Key(hostname, family))
        .map(entry -> new Aged(entry.addresses, Duration.ofNanos(clock.nanoTime() - entry.since)));
  }

  synchronized void forgetIdle() {
    entries.forgetIdle();
  }
}
