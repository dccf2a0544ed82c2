package dev.pingcheck.link;

import dev.pingcheck.plan.ProbePlan;
import dev.pingcheck.plan.ProbePlan.AddressSelection;
import dev.pingcheck.plan.ProbePlan.CheckRef;
import dev.pingcheck.plan.ProbePlan.IpFamilies;
import dev.pingcheck.plan.ProbePlan.PacketShape;
import dev.pingcheck.plan.ProbePlan.Timing;
import dev.pingcheck.stats.AddressRound;
import dev.pingcheck.stats.LossReason;
import dev.pingcheck.stats.Pacing;
import dev.pingcheck.stats.Replies;
import dev.pingcheck.stats.Resolution;
import dev.pingcheck.stats.RoundId;
import dev.pingcheck.stats.RoundReport;
import dev.pingcheck.stats.Strays;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Plans and reports to send. */
final class Samples {
  static final Instant START = Instant.parse("2026-01-01T00:00:00.123456789Z");

  private Samples() {}

  static ProbePlan plan(int number) {
    return plan(number, 1);
  }

  static ProbePlan plan(int number, long generation) {
    return new ProbePlan(
        new CheckRef("uid-" + number, "default", "check-" + number, generation),
        "host-" + number + ".example.com",
        IpFamilies.ANY,
        AddressSelection.FIRST,
        new Timing(4, Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofSeconds(2)),
        new PacketShape(56, 64, 0, false));
  }

  static RoundReport report(String probe, long number) {
    return new RoundReport(
        "uid-1",
        3,
        new RoundId(probe, number),
        START,
        START.plusMillis(2500),
        Resolution.resolved(),
        List.of(
            new AddressRound(
                "192.0.2.1",
                4,
                new Replies(
                    3,
                    List.of(1_000_000L, 2_000_000L, 3_000_000L),
                    2,
                    OptionalInt.of(61),
                    Optional.of(START.plusSeconds(1))),
                Map.of(LossReason.TIMEOUT, 1),
                Strays.NONE,
                Optional.of(START.plusSeconds(2)))),
        Pacing.ON_TIME);
  }
}
