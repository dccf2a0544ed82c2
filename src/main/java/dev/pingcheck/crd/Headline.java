package dev.pingcheck.crd;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.Locale;
import java.util.Optional;

/**
 * How a check is, in one word: whatever lists checks says and sorts by this.
 *
 * @param condition the one that says so; empty before the first verdict
 */
public record Headline(State state, Optional<Condition> condition) {

  /** From the worst to the best; what nobody wants to have pinged comes last. */
  public enum State {
    FAILING,
    /** The spec or a policy does not let it be pinged. */
    REFUSED,
    UNKNOWN,
    /** No round has ended yet. */
    PENDING,
    HEALTHY,
    SUSPENDED;

    /** In lower case. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Of a status, which may be empty: that a check is refused says more than that it is unknown. */
  public static Headline of(PingCheckStatus status) {
    Optional<Condition> refusal =
        status.condition("Accepted").filter(accepted -> "False".equals(accepted.getStatus()));
    if (refusal.isPresent()) {
      return new Headline(State.REFUSED, refusal);
    }
    Optional<Condition> healthy = status.condition("Healthy");
    return new Headline(healthy.map(Headline::state).orElse(State.PENDING), healthy);
  }

  private static State state(Condition healthy) {
    return switch (healthy.getStatus()) {
      case "True" -> State.HEALTHY;
      case "False" -> State.FAILING;
      default ->
          switch (healthy.getReason()) {
            case "Suspended" -> State.SUSPENDED;
            case "Pending" -> State.PENDING;
            default -> State.UNKNOWN;
          };
    };
  }

  /** Why, as one CamelCase word. */
  public String reason() {
    return condition.map(Condition::getReason).orElse("Pending");
  }

  /** When the condition last turned, as the status has it. */
  public Optional<String> since() {
    return condition.map(Condition::getLastTransitionTime);
  }
}
