package dev.pingcheck.plan;

import dev.pingcheck.plan.ProbePlan.AddressSelection;
import dev.pingcheck.plan.ProbePlan.IpFamilies;
import dev.pingcheck.plan.policy.Ip;
import java.time.Duration;

/** How many echo requests a second a plan asks for at most, on average over its period. */
public final class EchoRate {
  /** The unit: a millionth of an echo request a second. */
  public static final long MICROS = 1_000_000;

  /** A round of a name with many addresses pings so many of them, and no more. */
  public static final int MOST_ADDRESSES = 16;

  private static final long NANOS_PER_MICRO = 1_000;

  private EchoRate() {}

  /**
   * The rate of a plan in millionths of an echo request a second, rounded down, so that many checks
   * which fill a limit exactly are within it.
   */
  public static long micros(ProbePlan plan) {
    Duration period = plan.timing().period();
    long echoes = (long) plan.timing().count() * addresses(plan);
    return echoes * MICROS * MICROS / (period.toNanos() / NANOS_PER_MICRO);
  }

  private static int addresses(ProbePlan plan) {
    if (Ip.parse(plan.hostname()).isPresent()) {
      return 1;
    }
    if (plan.addresses() == AddressSelection.ALL) {
      return MOST_ADDRESSES;
    }
    return plan.families() == IpFamilies.DUAL_STACK ? 2 : 1;
  }
}
