package dev.pingcheck.bench.engine;

import dev.pingcheck.plan.ProbePlan;
import dev.pingcheck.plan.ProbePlan.AddressSelection;
import dev.pingcheck.plan.ProbePlan.CheckRef;
import dev.pingcheck.plan.ProbePlan.IpFamilies;
import dev.pingcheck.plan.ProbePlan.PacketShape;
import dev.pingcheck.plan.ProbePlan.Timing;
import dev.pingcheck.plan.policy.AddressRules;
import dev.pingcheck.plan.policy.Networks;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Plans for addresses of the loopback interface: an echo a second, a report each ten seconds. */
final class LoopbackPlans {
  /** From one report of a plan to its next. */
  static final Duration PERIOD = Duration.ofSeconds(10);

  private static final AddressRules LOOPBACK =
      new AddressRules(Networks.of("127.0.0.0/8"), Networks.NONE);
  private static final int FIRST_ADDRESS = 0x7f010001;
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int COUNT = 10;

  private LoopbackPlans() {}

  /** Plans for so many addresses, from {@link #address} 0 on. */
  static List<ProbePlan> of(int targets) {
    return IntStream.range(0, targets).mapToObj(LoopbackPlans::plan).toList();
  }

  /** An address such as 127.1.0.1. */
  static String address(int index) {
    int address = FIRST_ADDRESS + index;
    return "%d.%d.%d.%d"
        .formatted(address >>> 24, address >>> 16 & 255, address >>> 8 & 255, address & 255);
  }

  private static ProbePlan plan(int index) {
    return new ProbePlan(
        new CheckRef("uid-" + index, "bench", "check-" + index, 1),
        address(index),
        IpFamilies.IPV4,
        AddressSelection.FIRST,
        new Timing(COUNT, SECOND, PERIOD, Duration.ofMillis(900)),
        new PacketShape(56, 64, 0, false),
        LOOPBACK);
  }
}
