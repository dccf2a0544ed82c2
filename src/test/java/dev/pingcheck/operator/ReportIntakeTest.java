package dev.pingcheck.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.clock.FakeClock;
import dev.pingcheck.link.Placement;
import dev.pingcheck.link.PlanBook;
import dev.pingcheck.plan.NodeSelector;
import dev.pingcheck.plan.ProbePlan;
import dev.pingcheck.plan.ProbePlan.AddressSelection;
import dev.pingcheck.plan.ProbePlan.CheckRef;
import dev.pingcheck.plan.ProbePlan.IpFamilies;
import dev.pingcheck.plan.ProbePlan.PacketShape;
import dev.pingcheck.plan.ProbePlan.Timing;
import dev.pingcheck.plan.policy.AddressRules;
import dev.pingcheck.stats.Pacing;
import dev.pingcheck.stats.Resolution;
import dev.pingcheck.stats.RoundId;
import dev.pingcheck.stats.RoundReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportIntakeTest {
  private static final Placement ON_NODE = new Placement.OnNode("node-1", "probe-x");

  private final FakeClock clock = new FakeClock();
  private final PlanBook plans = new PlanBook();
  private final ReportInbox inbox = new ReportInbox();
  private final Leadership leadership = new Leadership(clock);
  private final List<String> safe = new ArrayList<>();
  private final ReportIntake intake =
      new ReportIntake(plans, inbox, leadership, (namespace, name) -> {});

  private void handle(Placement from) {
    RoundReport report =
        new RoundReport(
            "uid-1",
            1,
            new RoundId("0123abcd", 1),
            clock.now(),
            clock.now(),
            Resolution.literal(),
            List.of(),
            Pacing.ON_TIME);
    intake.handle(from, report, () -> safe.add("safe"));
  }

  private void planFor(Map<String, String> nodes) {
    plans.put(
        new ProbePlan(
            new CheckRef("uid-1", "ns", "gw", 1),
            "192.0.2.1",
            IpFamilies.ANY,
            AddressSelection.FIRST,
            new Timing(1, Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(2)),
            new PacketShape(56, 64, 0, false),
            AddressRules.BUILT_IN,
            new NodeSelector(nodes),
            false));
  }

  private void lead() {
    leadership.won(clock.nanoTime() + 1);
  }

  @Test
  void aReportOfACheckThatIsGoneMayBeForgotten() {
    lead();
    handle(ON_NODE);
    assertThat(safe).containsExactly("safe");
    assertThat(inbox.size()).isZero();
  }

  @Test
  void aReportOfANodeThatIsNotAskedMayBeForgotten() {
    planFor(Map.of("zone", "a"));
    plans.nodes().complete();
    lead();
    handle(ON_NODE);
    assertThat(safe).containsExactly("safe");
  }

  @Test
  void beforeTheNodesAreKnownAReportOfANodeWaitsForItsTurn() {
    planFor(Map.of("zone", "a"));
    lead();
    handle(ON_NODE);
    assertThat(safe).isEmpty();
    assertThat(inbox.size()).isEqualTo(1);
  }

  @Test
  void aStandbyLeavesAReportToTheLeaderUnlessTheLeaderHasAProbeOfItsOwnForIt() {
    planFor(Map.of());
    leadership.lost();
    handle(new Placement.Central("probe-x"));
    assertThat(safe).isEmpty();
    handle(new Placement.Beside());
    assertThat(safe).containsExactly("safe");
    assertThat(inbox.size()).isZero();
  }
}
