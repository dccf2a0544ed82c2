package dev.pingcheck.plan;

import dev.pingcheck.crd.Durations;
import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.crd.PingCheckSpec;
import dev.pingcheck.plan.ProbePlan.AddressSelection;
import dev.pingcheck.plan.ProbePlan.CheckRef;
import dev.pingcheck.plan.ProbePlan.IpFamilies;
import dev.pingcheck.plan.ProbePlan.PacketShape;
import dev.pingcheck.plan.ProbePlan.Timing;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** Makes a plan of a spec. The same check always gives the same plan. */
public final class Planner {
  private Planner() {}

  /**
   * What a probe has to do for a check.
   *
   * @param check as the API server gave it, with name, namespace and UID; its spec may be absent or
   *     wrong in any way
   */
  public static Planning plan(PingCheck check) {
    PingCheckSpec spec = Objects.requireNonNullElseGet(check.getSpec(), PingCheckSpec::new);
    Optional<String> fault = SpecFaults.first(spec);
    if (fault.isPresent()) {
      return new Planning.Refused(Planning.INVALID_SPEC, fault.get());
    }
    if (spec.getFrom() != null && !spec.getFrom().getNodeSelector().isEmpty()) {
      return new Planning.Refused(
          Planning.FLEET_NOT_ENABLED,
          "spec.from.nodeSelector: this operator has no probes on nodes; leave out nodeSelector to"
              + " ping from the probe beside the operator");
    }
    return SpecDefaults.suspend(spec)
        ? new Planning.Suspended()
        : new Planning.Planned(planned(check, spec));
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
