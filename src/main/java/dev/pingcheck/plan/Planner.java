package dev.pingcheck.plan;

import dev.pingcheck.crd.Durations;
import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.crd.PingCheckSpec;
import dev.pingcheck.plan.ProbePlan.AddressSelection;
import dev.pingcheck.plan.ProbePlan.CheckRef;
import dev.pingcheck.plan.ProbePlan.IpFamilies;
import dev.pingcheck.plan.ProbePlan.PacketShape;
import dev.pingcheck.plan.ProbePlan.Timing;
import dev.pingcheck.plan.policy.NamespacePolicy;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** Makes a plan of a spec. The same check under the same policy always gives the same plan. */
public final class Planner {
  private Planner() {}

  /** What a probe has to do for a check under the built-in policy. */
  public static Planning plan(PingCheck check) {
    return plan(check, NamespacePolicy.BUILT_IN);
  }

  /**
   * What a probe has to do for a check.
   *
   * @param check as the API server gave it, with name, namespace and UID; its spec may be absent or
   *     wrong in any way
   * @param policy that of its namespace; what the checks of a namespace ask for together is judged
   *     elsewhere
   */
  public static Planning plan(PingCheck check, NamespacePolicy policy) {
    PingCheckSpec spec = Objects.requireNonNullElseGet(check.getSpec(), PingCheckSpec::new);
    Optional<String> fault = SpecFaults.first(spec);
    if (fault.isPresent()) {
      return new Planning.Refused(Planning.INVALID_SPEC, fault.get());
    }
    if (SpecDefaults.suspend(spec)) {
      return new Planning.Suspended();
    }
    ProbePlan plan =
        planned(check, spec)
            .withRules(policy.rules())
            .withNodes(SpecDefaults.nodes(spec))
            .withCapture(SpecDefaults.capture(spec).equals("OnLoss"));
    Optional<Planning.Refused> breach = PolicyBreaches.first(plan, policy);
    return breach.isPresent() ? breach.get() : new Planning.Planned(plan);
  }

  private static ProbePlan planned(PingCheck check, PingCheckSpec spec) {
    var metadata = check.getMetadata();
    long generation = Objects.requireNonNullElse(metadata.getGeneration(), 0L);
    return new ProbePlan(
        new CheckRef(metadata.getUid(), metadata.getNamespace(), metadata.getName(), generation),
        spec.getHostname(),
        families(SpecDefaults.ipFamily(spec)),
        SpecDefaults.addresses(spec).equals("All") ? AddressSelection.ALL : AddressSelection.FIRST,
        timing(spec),
        new PacketShape(
            SpecDefaults.payloadSize(spec),
            SpecDefaults.ttl(spec),
            SpecDefaults.dscp(spec),
            SpecDefaults.dontFragment(spec)));
  }

  private static Timing timing(PingCheckSpec spec) {
    int count = SpecDefaults.count(spec);
    Duration interval = duration(SpecDefaults.interval(spec));
    Duration period =
        spec.getPeriod() == null
            ? SpecDefaults.period(count, interval)
            : duration(spec.getPeriod());
    return new Timing(count, interval, period, duration(SpecDefaults.timeout(spec)));
  }

  private static IpFamilies families(String word) {
    return switch (word) {
      case "IPv4" -> IpFamilies.IPV4;
      case "IPv6" -> IpFamilies.IPV6;
      case "DualStack" -> IpFamilies.DUAL_STACK;
      default -> IpFamilies.ANY;
    };
  }

  /** A duration that is known to be one. */
  static Duration duration(String text) {
    return Durations.parse(text).orElseThrow();
  }
}
