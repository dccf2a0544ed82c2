package dev.pingcheck.page;

import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.crd.PingCheckStatus;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** What the page shows, all of it from memory. Thread safe, and quick to answer. */
public interface PageSource {

  /** What this operator is at a time. */
  enum Role {
    /** Not known yet. */
    UNKNOWN,
    /** Another one leads: what is shown is what that one has written. */
    STANDBY,
    /** It judges: what is shown is as fresh as the last round. */
    LEADER
  }

  Role role();

  /** When this operator began to lead; empty while it does not. */
  Optional<Instant> leadsSince();

  /** Every check that the cache holds. */
  Stream<PingCheck> checks();

  /** One of them. */
  Optional<PingCheck> check(String namespace, String name);

  /** The newest status of a check: the judged one, else the stored one; another one is another. */
  PingCheckStatus status(PingCheck check);

  /** A resource, or a part of one, as JSON. */
  String json(Object resource);
}
