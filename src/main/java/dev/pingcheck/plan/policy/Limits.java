package dev.pingcheck.plan.policy;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How much the checks of a namespace may ask for.
 *
 * @param checks in the namespace
 * @param echoesPerSecond of all checks of the namespace together
 * @param count echo requests of a check a round and address
 * @param payloadSize octets of each echo request
 * @param shortestInterval of a check
 * @param shortestPeriod of a check
 * @param capture whether packets may be kept
 */
public record Limits(
    Limit<Integer> checks,
    Limit<Integer> echoesPerSecond,
    Limit<Integer> count,
    Limit<Integer> payloadSize,
    Limit<Duration> shortestInterval,
    Limit<Duration> shortestPeriod,
    Limit<Boolean> capture) {

  private static final int CHECKS = 1_000;
  private static final int ECHOES_PER_SECOND = 500;
  private static final int COUNT = 100;

  /** What an Ethernet frame holds behind the headers of IPv4 and ICMP. */
  private static final int PAYLOAD_SIZE = 1_472;

  private static final Duration INTERVAL = Duration.ofMillis(50);
  private static final Duration PERIOD = Duration.ofSeconds(1);

  /** The strictest of what each policy says; what none says is as in the built-in policy. */
  static Limits of(List<PolicyTerms> policies) {
    return new Limits(
        most(policies, PolicyTerms::checks, CHECKS),
        most(policies, PolicyTerms::echoesPerSecond, ECHOES_PER_SECOND),
        most(policies, PolicyTerms::count, COUNT),
        most(policies, PolicyTerms::payloadSize, PAYLOAD_SIZE),
        least(policies, PolicyTerms::shortestInterval, INTERVAL),
        least(policies, PolicyTerms::shortestPeriod, PERIOD),
        // false is the stricter one and comes first.
        Limit.strictest(policies, PolicyTerms::capture, Comparator.naturalOrder(), true));
  }

  private static Limit<Integer> most(
      List<PolicyTerms> policies, Function<PolicyTerms, Optional<Integer>> bound, int builtIn) {
    return Limit.strictest(policies, bound, Comparator.naturalOrder(), builtIn);
  }

  private static Limit<Duration> least(
      List<PolicyTerms> policies,
      Function<PolicyTerms, Optional<Duration>> bound,
      Duration builtIn) {
    return Limit.strictest(policies, bound, Comparator.reverseOrder(), builtIn);
  }
}
