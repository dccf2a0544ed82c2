package dev.pingcheck.cli.kubectl;

import dev.pingcheck.crd.Durations;
import dev.pingcheck.crd.EffectiveThresholds;
import dev.pingcheck.crd.Headline;
import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.crd.PingCheckSpec;
import dev.pingcheck.crd.PingCheckStatus;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What decides about a check's health now, and what it takes to be healthy. */
final class Prospect {
  private static final String HEALTHY = "Healthy";

  private final PingCheckStatus status;
  private final EffectiveThresholds thresholds;

  Prospect(PingCheck check) {
    status = Objects.requireNonNullElseGet(check.getStatus(), PingCheckStatus::new);
    thresholds =
        EffectiveThresholds.of(Objects.requireNonNullElseGet(check.getSpec(), PingCheckSpec::new));
  }

  /** The condition that says why: the first in the order of dependence that is not well. */
  Optional<Condition> decisive() {
    Headline headline = Headline.of(status);
    boolean isLossAndMore =
        headline.reason().equals("LossThresholdExceeded")
            && status.condition("Reachable").filter(c -> is(c, "False")).isPresent();
    return isLossAndMore ? status.condition("Reachable") : headline.condition();
  }

  /** One sentence on what it would take. */
  String sentence() {
    Optional<Condition> accepted = status.condition("Accepted");
    if (accepted.isEmpty()) {
      return "No operator has looked at it yet: does PingCheck's operator run?";
    }
    String why = accepted.get().getReason();
    if (why.equals("Suspended")) {
      return "It is suspended: once spec.suspend is false, " + goodRounds(1) + ".";
    }
    if (is(accepted.get(), "False")) {
      return "Nothing is sent before its spec, or the policy, is another.";
    }
    Condition healthy = status.condition(HEALTHY).orElse(null);
    if (healthy == null) {
      return "It is new: " + goodRounds(1) + ".";
    }
    return switch (healthy.getStatus()) {
      case "True" ->
          "It is healthy; %s would make it unhealthy."
              .formatted(
                  rounds(Math.max(1, thresholds.failureThreshold() - failures()), "bad")
                      + " in a row");
      case "False" ->
          "%s to be healthy again (%d of %d so far)."
              .formatted(
                  capital(goodRounds(Math.max(1, thresholds.successThreshold() - successes()))),
                  Math.min(successes(), thresholds.successThreshold()),
                  thresholds.successThreshold());
      default -> unknown(healthy.getReason());
    };
  }

  private String unknown(String reason) {
    return switch (reason) {
      case "ProbeSilent" -> "The next report of a probe tells how it is.";
      case "NoProbe" -> "A probe on one of the nodes that it names, then " + goodRounds(1) + ".";
      case "TargetForbidden" -> "An address that may be pinged, then " + goodRounds(1) + ".";
      default ->
          failures() > 0
              ? "%d of the %d bad rounds in a row that make it unhealthy have come; a good one makes it healthy."
                  .formatted(failures(), thresholds.failureThreshold())
              : capital(goodRounds(1)) + " to be healthy.";
    };
  }

  /** What a good round is. */
  List<String> goodRound() {
    boolean isBadByLoss =
        status
                .condition(HEALTHY)
                .filter(c -> is(c, "False") && c.getReason().equals("LossThresholdExceeded"))
                .isPresent()
            || status.getOutages().stream()
                .anyMatch(o -> o.getEnd() == null && "LossThresholdExceeded".equals(o.getReason()));
    int loss = isBadByLoss ? thresholds.recoveryLossPercent() : thresholds.lossPercent();
    String time =
        thresholds
            .rtt()
            .map(rtt -> ", and answers within " + Durations.exact(rtt) + " on average")
            .orElse("");
    return List.of("A good round has an address, loses less than %d %%%s.".formatted(loss, time));
  }

  private static boolean is(Condition condition, String state) {
    return state.equals(condition.getStatus());
  }

  private int failures() {
    return Objects.requireNonNullElse(status.getConsecutiveFailures(), 0);
  }

  private int successes() {
    return Objects.requireNonNullElse(status.getConsecutiveSuccesses(), 0);
  }

  private static String goodRounds(int count) {
    return "it takes " + rounds(count, "good") + (count == 1 ? "" : " in a row");
  }

  private static String rounds(int count, String kind) {
    return count + " " + kind + (count == 1 ? " round" : " rounds");
  }

  private static String capital(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
