package dev.pingcheck.verdict;

import dev.pingcheck.crd.AddressStatus;
import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.verdict.Draft.State;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;

/**
 * Reads a status of a version that did not yet write {@code target}, {@code pinged}, {@code
 * streakStart} and {@code turns}, so that nothing it has said is said again and nothing it has open
 * is forgotten. The same status always gives the same: that needs no write of its own.
 */
final class EarlierStatus {
  private EarlierStatus() {}

  /** Adds to a draft what that version would have remembered elsewhere. */
  static void adopt(Draft draft) {
    PingCheckStatus status = draft.status();
    List<String> pinged = pinged(status);
    if (status.getPinged() == null && !pinged.isEmpty()) {
      status.setPinged(AddressMemory.of(pinged));
    }
    // It said ResolutionFailed in the first round without an address, whatever the threshold.
    draft
        .find(ConditionType.RESOLVED)
        .filter(c -> State.no(Problem.UNRESOLVED.reason()).isOf(c))
        .ifPresent(c -> draft.outages().open(Problem.UNRESOLVED, since(c)));
  }

  private static List<String> pinged(PingCheckStatus status) {
    if (status.getAddress() == null) {
      return List.of();
    }
    if (status.getAddresses().isEmpty()) {
      return List.of(status.getAddress());
    }
    boolean mayBeCut = status.getAddresses().size() >= AddressMemory.NAMED;
    return mayBeCut
        ? List.of()
        : status.getAddresses().stream().map(AddressStatus::getAddress).toList();
  }

  private static Instant since(Condition condition) {
    return Instant.parse(condition.getLastTransitionTime());
  }
}
