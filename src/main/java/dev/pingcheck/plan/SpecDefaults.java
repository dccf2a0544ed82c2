package dev.pingcheck.plan;

import dev.pingcheck.crd.PingCheckSpec;
import dev.pingcheck.crd.Thresholds;
import java.time.Duration;
import java.util.Objects;

/**
 * A spec as it is meant: what is absent has its default, as in the CRD. An object may be older than
 * the CRD.
 */
final class SpecDefaults {
  private static final Duration SHORTEST_DEFAULT_PERIOD = Duration.ofSeconds(30);

  private SpecDefaults() {}

  static int count(PingCheckSpec spec) {
    return Objects.requireNonNullElse(spec.getCount(), 4);
  }

  static String interval(PingCheckSpec spec) {
    return Objects.requireNonNullElse(spec.getInterval(), "1s");
  }

  static String timeout(PingCheckSpec spec) {
    return Objects.requireNonNullElse(spec.getTimeout(), "2s");
  }

  /** The longer of 30 s and count x interval, so that a spec without a period is never refused. */
  static Duration period(int count, Duration interval) {
    Duration round = interval.multipliedBy(count);
    return round.compareTo(SHORTEST_DEFAULT_PERIOD) > 0 ? round : SHORTEST_DEFAULT_PERIOD;
  }

  static String ipFamily(PingCheckSpec spec) {
    return Objects.requireNonNullElse(spec.getIpFamily(), "Any");
  }

  static String addresses(PingCheckSpec spec) {
    return Objects.requireNonNullElse(spec.getAddresses(), "First");
  }

  static int payloadSize(PingCheckSpec spec) {
    return Objects.requireNonNullElse(spec.getPayloadSize(), 56);
  }

  static int ttl(PingCheckSpec spec) {
    return Objects.requireNonNullElse(spec.getTtl(), 64);
  }

  static int dscp(PingCheckSpec spec) {
    return Objects.requireNonNullElse(spec.getDscp(), 0);
  }

  static boolean dontFragment(PingCheckSpec spec) {
    return Objects.requireNonNullElse(spec.getDontFragment(), false);
  }

  static String capture(PingCheckSpec spec) {
    return Objects.requireNonNullElse(spec.getCapture(), "Never");
  }

  static boolean suspend(PingCheckSpec spec) {
    return Objects.requireNonNullElse(spec.getSuspend(), false);
  }

  static Thresholds thresholds(PingCheckSpec spec) {
    return Objects.requireNonNullElseGet(spec.getThresholds(), Thresholds::new);
  }

  static NodeSelector nodes(PingCheckSpec spec) {
    return spec.getFrom() == null || spec.getFrom().getNodeSelector().isEmpty()
        ? NodeSelector.NONE
        : new NodeSelector(spec.getFrom().getNodeSelector());
  }
}
