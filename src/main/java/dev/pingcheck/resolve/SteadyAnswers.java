package dev.pingcheck.resolve;

import dev.pingcheck.clock.Clock;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Makes of what servers answer what a name's addresses are held to be. One for all checks, so that
 * they agree, and so that a check whose spec is changed stays with its address.
 *
 * <p>Thread safe.
 */
final class SteadyAnswers {
  private final Clock clock;
  private final AddressPreference preference;
  private final RecentlyUsed<Question, AddressRoster> rosters;

  SteadyAnswers(Clock clock, AddressPreference preference, int capacity, Duration idle) {
    this.clock = clock;
    this.preference = preference;
    this.rosters = new RecentlyUsed<>(clock, capacity, idle);
  }

  /** To be told each answer of a server once. */
  Lookup settle(Question question, Lookup lookup) {
    return switch (lookup) {
      case Lookup.Found(var addresses, var ttl, var unknown) -> {
        long now = clock.nanoTime();
        yield new Lookup.Found(members(question, preference.sort(addresses), now), ttl, now);
      }
      case Lookup.NoSuchName none -> denied(question, none);
      case Lookup.NoAddress none -> denied(question, none);
      case Lookup.Failed failed -> failed;
    };
  }

  private synchronized List<InetAddress> members(
      Question question, List<InetAddress> best, long now) {
    Optional<AddressRoster> known = rosters.get(question);
    AddressRoster roster = known.orElseGet(AddressRoster::new);
    if (known.isEmpty()) {
      rosters.put(question, roster);
    }
    return roster.answered(best, now);
  }

  private synchronized Lookup denied(Question question, Lookup none) {
    rosters.get(question).ifPresent(AddressRoster::denied);
    return none;
  }

  synchronized void forgetIdle() {
    rosters.forgetIdle();
  }
}
