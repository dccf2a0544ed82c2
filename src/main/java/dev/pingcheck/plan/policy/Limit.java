package dev.pingcheck.plan.policy;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A bound and who has set it.
 *
 * @param value the bound itself, still allowed
 * @param setBy {@code PingPolicy NAME}, or {@code the built-in policy}
 */
public record Limit<T extends Comparable<T>>(T value, String setBy) {
  static final String BUILT_IN = "the built-in policy";

  /** The strictest of what policies say, or the built-in bound if none says anything. */
  static <T extends Comparable<T>> Limit<T> strictest(
      List<PolicyTerms> policies,
      Function<PolicyTerms, Optional<T>> bound,
      Comparator<T> strictestFirst,
      T builtIn) {
    return policies.stream()
        .flatMap(policy -> bound.apply(policy).map(v -> new Limit<>(v, policy.label())).stream())
        .min(
            Comparator.comparing((Limit<T> l) -> l.value, strictestFirst)
                .thenComparing(Limit::setBy))
        .orElseGet(() -> new Limit<>(builtIn, BUILT_IN));
  }
}
