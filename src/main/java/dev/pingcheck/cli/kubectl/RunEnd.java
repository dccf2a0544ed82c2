package dev.pingcheck.cli.kubectl;

import dev.pingcheck.crd.PingCheck;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Why a run cannot go on, as its check's conditions say. */
final class RunEnd {
  /** By condition, the reasons with which nothing is sent, or nobody sends. */
  private static final Map<String, Set<String>> FATAL =
      Map.of(
          "Accepted",
          Set.of(
              "InvalidSpec",
              "TargetForbidden",
              "LimitExceeded",
              "InvalidPolicy",
              "Expired",
              "Suspended"),
          "Resolved",
          Set.of("ResolutionFailed", "TargetForbidden"),
          "Healthy",
          Set.of("NoProbe", "ProbeSilent"));

  private RunEnd() {}

  /** The condition's own sentence, if it ends a run. */
  static Optional<String> sentence(PingCheck check) {
    if (check.getStatus() == null) {
      return Optional.empty();
    }
    return check.getStatus().getConditions().stream()
        .filter(RunEnd::isFatal)
        .findFirst()
        .map(c -> c.getReason() + ": " + Objects.requireNonNullElse(c.getMessage(), ""));
  }

  private static boolean isFatal(Condition condition) {
    return FATAL.getOrDefault(condition.getType(), Set.of()).contains(condition.getReason());
  }
}
