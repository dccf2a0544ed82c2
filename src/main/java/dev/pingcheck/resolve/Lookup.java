package dev.pingcheck.resolve;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/** What asking for the addresses of one family of one full name came to. */
sealed interface Lookup {

  /** For how long the same is to be said without asking again. */
  Duration ttl();

  /**
   * Addresses, at least one.
   *
   * @param at the monotonic time at which a server said so, once it is taken in
   */
  record Found(List<InetAddress> addresses, Duration ttl, long at) implements Lookup {
    Found(List<InetAddress> addresses, Duration ttl) {
      this(addresses, ttl, 0);
    }
  }

  /** The name does not exist: an answer, not a failure (RFC 8020). */
  record NoSuchName(Duration ttl) implements Lookup {}

  /** The name exists and has no address of the family (RFC 2308 section 2.2). */
  record NoAddress(Duration ttl) implements Lookup {}

  /**
   * Nobody knows.
   *
   * @param sentence why
   * @param everywhere whether asking for another name would fail the same way
   */
  record Failed(String sentence, boolean everywhere) implements Lookup {

    @Override
    public Duration ttl() {
      return TimeToLive.FAILURE;
    }
  }
}
