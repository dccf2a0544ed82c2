package dev.pingcheck.report;

import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.report.status.WriteGate.Place;
import dev.pingcheck.report.status.WriteKind;
import java.util.Objects;
import java.util.Optional;

/** What the {@link Reporter} knows of a check, ahead of what the API server knows. */
final class KnownCheck {
  volatile PingCheckStatus status; // others look at it
  final Place place;
  String resourceVersion;
  boolean urgent;
  boolean byRound;
  boolean figures;
  boolean told;
  private Long writtenGeneration;
  Optional<Long> confirmBy = Optional.empty();

  /** The cached status that this one shares parts with. */
  private PingCheckStatus beside;

  /** The conditions that the API server knows, as {@link Transitions#states}. */
  int states;

  final UnsafeRounds unsafe = new UnsafeRounds();

  KnownCheck(PingCheckStatus stored, Place place, String resourceVersion) {
    this.status = stored;
    this.place = place;
    isStored(resourceVersion);
  }

  /** What is known now is what the API server knows, under that version. */
  void isStored(String version) {
    resourceVersion = version;
    states = Transitions.states(status);
    urgent = false;
    byRound = false;
    figures = false;
    told = status.getLastRound() != null;
    writtenGeneration = status.getObservedGeneration();
    confirmBy = Optional.empty();
  }

  /** The cache holds this status of the check: what is equal in both is held once. */
  void isBeside(PingCheckStatus cached) {
    if (cached != beside && cached != status) {
      SharedParts.adopt(status, cached);
    }
    beside = cached;
  }

  /** What the write of something urgent is for. */
  WriteKind urgency() {
    if (hastens()) {
      return WriteKind.TRANSITION;
    }
    return byRound || !awaitsRound() ? WriteKind.FIRST : WriteKind.WORDS;
  }

  /** What a round will replace soon may wait for it; a refusal may not. */
  private boolean awaitsRound() {
    return status.getConditions().stream()
        .anyMatch(c -> c.getType().equals("Accepted") && c.getReason().equals("Accepted"));
  }

  /** Whether what is urgent must not wait even for its turn. */
  boolean hastens() {
    boolean bad =
        !status.getUnconfirmedEvents().isEmpty()
            || (status.getConsecutiveFailures() != null && status.getConsecutiveFailures() > 0);
    boolean newSpec = !Objects.equals(writtenGeneration, status.getObservedGeneration());
    return bad || (told && (byRound || newSpec));
  }
}
