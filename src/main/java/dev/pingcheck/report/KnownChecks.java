package dev.pingcheck.report;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.report.status.WriteGate;
import dev.pingcheck.report.status.WriteGate.Place;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What is known of checks, by UID; at first sight what is stored, as after a restart. */
final class KnownChecks {
  private static final PingCheckStatus UNTOLD = new PingCheckStatus();

  private final EventTeller events;
  private final WriteGate gate;
  private final Clock clock;
  private final Map<String, KnownCheck> byUid = new ConcurrentHashMap<>();

  KnownChecks(EventTeller events, WriteGate gate, Clock clock) {
    this.events = events;
    this.gate = gate;
    this.clock = clock;
  }

  KnownCheck of(PingCheck check) {
    return byUid.computeIfAbsent(
        check.getMetadata().getUid(), uid -> fresh(check, place(stored(check))));
  }

  /** The same, without a first sight. */
  Optional<KnownCheck> find(String uid) {
    return Optional.ofNullable(byUid.get(uid));
  }

  /** Forgets what was known of a check but its place, and begins with what is stored. */
  KnownCheck startAgain(PingCheck now, Place place) {
    KnownCheck fresh = fresh(now, place);
    byUid.put(now.getMetadata().getUid(), fresh);
    return fresh;
  }

  /** What was known of a check. */
  Optional<KnownCheck> forget(String uid) {
    return Optional.ofNullable(byUid.remove(uid));
  }

  int size() {
    return byUid.size();
  }

  private KnownCheck fresh(PingCheck check, Place place) {
    PingCheckStatus stored = stored(check);
    PingCheckStatus living = events.withoutOutlived(check, stored);
    KnownCheck known = new KnownCheck(living, place, check.getMetadata().getResourceVersion());
    if (living != stored) {
      known.confirmBy = Optional.of(clock.nanoTime()); // so that this too is decided once
    }
    return known;
  }

  /** The status as the API server has it; of one that has none, always the same empty one. */
  static PingCheckStatus stored(PingCheck check) {
    return check.getStatus() == null ? UNTOLD : check.getStatus();
  }

  /** The time of the last round told is that of the last write, at least nearly. */
  private Place place(PingCheckStatus stored) {
    if (stored.getLastRound() == null || stored.getLastRound().getStartTime() == null) {
      return gate.newPlace();
    }
    Duration age = Duration.between(stored.getLastRound().getStartTime(), clock.now());
    return gate.placeWrittenBefore(age.isNegative() ? Duration.ZERO : age);
  }
}
