package dev.pingcheck.plan;

import dev.pingcheck.crd.Durations;
import dev.pingcheck.plan.Planning.Refused;
import dev.pingcheck.plan.policy.Ip;
import dev.pingcheck.plan.policy.Limit;
import dev.pingcheck.plan.policy.Limits;
import dev.pingcheck.plan.policy.NamespacePolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What a single check asks for that the policy of its namespace does not grant. */
final class PolicyBreaches {
  private final ProbePlan plan;
  private final NamespacePolicy policy;
  private final Limits limits;

  private PolicyBreaches(ProbePlan plan, NamespacePolicy policy) {
    this.plan = plan;
    this.policy = policy;
    this.limits = policy.limits();
  }

  static Optional<Refused> first(ProbePlan plan, NamespacePolicy policy) {
    return new PolicyBreaches(plan, policy).first();
  }

  private Optional<Refused> first() {
    ProbePlan.Timing timing = plan.timing();
    return firstOf(
        this::unreadable,
        this::target,
        () -> above("count", timing.count(), limits.count()),
        () -> above("payloadSize", plan.packet().payloadSize(), limits.payloadSize()),
        () -> below("interval", timing.interval(), limits.shortestInterval()),
        () -> below("period", timing.period(), limits.shortestPeriod()),
        this::capture);
  }

  private Optional<Refused> unreadable() {
    return policy
        .fault()
        .map(fault ->
            new Refused(
                Planning.INVALID_POLICY,
                "Nothing is pinged from this namespace before its policy is mended. " + fault));
  }

  /** A name is judged where it is resolved, in the probe. */
  private Optional<Refused> target() {
    return Ip.parse(plan.hostname())
        .flatMap(policy::forbids)
        .map(clause ->
            new Refused(
                Planning.TARGET_FORBIDDEN,
                "spec.hostname: "
                    + clause
                    + ": write a host that may be pinged, or ask for a PingPolicy that allows this"
                    + " one"));
  }

  private Optional<Refused> capture() {
    return plan.capture() && !limits.capture().value()
        ? Optional.of(
            new Refused(
                Planning.LIMIT_EXCEEDED,
                "spec.capture: write Never, for %s forbids that packets are kept"
                    .formatted(limits.capture().setBy())))
        : Optional.empty();
  }

  private static Optional<Refused> above(String field, int value, Limit<Integer> most) {
    return value > most.value()
        ? exceeded(field, "at most " + most.value(), most.setBy())
        : Optional.empty();
  }

  private static Optional<Refused> below(String field, Duration value, Limit<Duration> least) {
    return value.compareTo(least.value()) < 0
        ? exceeded(field, "at least " + Durations.exact(least.value()), least.setBy())
        : Optional.empty();
  }

  private static Optional<Refused> exceeded(String field, String bound, String setBy) {
    return Optional.of(
        new Refused(
            Planning.LIMIT_EXCEEDED,
            "spec.%s: write %s, which %s grants, or have a PingPolicy grant more"
                .formatted(field, bound, setBy)));
  }

  @SafeVarargs
  private static Optional<Refused> firstOf(Supplier<Optional<Refused>>... rules) {
    return Stream.of(rules).map(Supplier::get).flatMap(Optional::stream).findFirst();
  }
}
