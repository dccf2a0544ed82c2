package dev.pingcheck.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.link.proto.Lost;
import dev.pingcheck.link.proto.Plan;
import dev.pingcheck.link.proto.Report;
import dev.pingcheck.plan.ProbePlan;
import dev.pingcheck.plan.ProbePlan.AddressSelection;
import dev.pingcheck.plan.ProbePlan.IpFamilies;
import dev.pingcheck.plan.ProbePlan.PacketShape;
import dev.pingcheck.plan.ProbePlan.Timing;
import dev.pingcheck.stats.AddressRound;
import dev.pingcheck.stats.Evidence;
import dev.pingcheck.stats.LossReason;
import dev.pingcheck.stats.Pacing;
import dev.pingcheck.stats.Replies;
import dev.pingcheck.stats.ReportBuilder;
import dev.pingcheck.stats.Resolution;
import dev.pingcheck.stats.RoundReport;
import dev.pingcheck.stats.Setback;
import dev.pingcheck.stats.SetbackCause;
import dev.pingcheck.stats.StrayKind;
import dev.pingcheck.stats.Strays;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MessagesTest {

  @ParameterizedTest
  @EnumSource
  void aPlanArrivesAsItWasSent(IpFamilies families) {
    ProbePlan plan =
        new ProbePlan(
                Samples.plan(7, 12).check(),
                "2001:db8::1",
                families,
                AddressSelection.ALL,
                new Timing(
                    5, Duration.ofNanos(1_500_000_001), Duration.ofHours(1), Duration.ofMillis(1)),
                new PacketShape(65_507, 255, 63, true))
            .withCapture(families == IpFamilies.ANY);
    assertThat(PlanMessages.decode(PlanMessages.encode(plan, new SentRules()), new KnownRules()))
        .contains(plan);
  }

  private static void assertArrives(RoundReport report) {
    assertThat(ReportMessages.decode(ReportMessages.encode(report).build())).contains(report);
  }

  @Test
  void whatAReportSaysOfItsPacketsArrives() {
    for (Evidence evidence :
        List.of(Evidence.NONE, Evidence.HELD, Evidence.missing("the capture had not begun"))) {
      assertArrives(ReportBuilder.like(Samples.report("9f3c21aa", 3)).with(evidence).build());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aReportArrivesAsItWasSent(Resolution.State state) {
    Map<LossReason, Integer> lost = new EnumMap<>(LossReason.class);
    int sent = 0;
    for (LossReason reason : LossReason.values()) {
      lost.put(reason, reason.ordinal() + 1);
      sent += reason.ordinal() + 1;
    }
    Strays strays = Strays.NONE;
    for (StrayKind kind : StrayKind.values()) {
      strays = strays.and(kind, kind.ordinal() + 1);
    }
    AddressRound round =
        new AddressRound(
            "2001:db8::1",
            sent + 3,
            new Replies(
                3, List.of(0L, Long.MAX_VALUE), 1, OptionalInt.empty(), Optional.of(Samples.START)),
            lost,
            strays,
            Optional.empty());
    Map<SetbackCause, Setback> setbacks = new EnumMap<>(SetbackCause.class);
    for (SetbackCause cause : SetbackCause.values()) {
      setbacks.put(cause, new Setback(cause.ordinal() + 1, Long.MAX_VALUE, cause.ordinal() + 7));
    }
    RoundReport sample = Samples.report("9f3c21aa", 17);
    assertArrives(
        ReportBuilder.like(sample)
            .with(new Resolution(state, "The server does not answer.", Duration.ofSeconds(61), 34))
            .with(sample.addresses().getFirst(), round)
            .with(new Pacing(Long.MAX_VALUE, setbacks))
            .build());
  }

  @Test
  void aReportThatDoesNotTellItsRepliesHasOneForEachTime() {
    Report.Builder old = ReportMessages.encode(Samples.report("abc", 1));
    old.getAddressesBuilder(0).clearReceived().clearKernelTimed().clearReplyTtl();
    assertThat(ReportMessages.decode(old.build()).orElseThrow().addresses().getFirst().replies())
        .isEqualTo(
            new Replies(
                3,
                List.of(1_000_000L, 2_000_000L, 3_000_000L),
                0,
                OptionalInt.empty(),
                Optional.of(Samples.START.plusSeconds(1))));
  }

  private static void assertRefused(Plan plan) {
    assertThat(PlanMessages.decode(plan, new KnownRules())).as("%s", plan).isEmpty();
  }

  /** Of a report that was good before. */
  private static void assertRefused(Consumer<Report.Builder> change) {
    Report.Builder report = ReportMessages.encode(Samples.report("abc", 1));
    change.accept(report);
    assertThat(ReportMessages.decode(report.build())).as("%s", report).isEmpty();
  }

  @Test
  void aPlanWithAValueOutOfRangeIsRefused() {
    Plan good = PlanMessages.encode(Samples.plan(1), new SentRules());
    assertThat(PlanMessages.decode(good, new KnownRules())).isPresent();
    assertRefused(good.toBuilder().setCount(0).build());
    assertRefused(good.toBuilder().setTtl(256).build());
    assertRefused(good.toBuilder().setDscp(64).build());
    assertRefused(good.toBuilder().setHostname(" ").build());
    assertRefused(good.toBuilder().setUid("").build());
    assertRefused(good.toBuilder().setFamiliesValue(9).build());
    assertRefused(good.toBuilder().clearTimeout().build());
    assertRefused(good.toBuilder().setPayloadSize(-1).build());
  }

  @Test
  void aReportThatContradictsItselfIsRefused() {
    assertArrives(Samples.report("abc", 1));
    assertRefused(report -> report.getAddressesBuilder(0).setSent(5));
    assertRefused(
        report -> report.getAddressesBuilder(0).addLost(Lost.newBuilder().setReasonValue(99)));
    assertRefused(report -> report.getStartTimeBuilder().setSeconds(Long.MAX_VALUE));
    assertRefused(report -> report.getAddressesBuilder(0).setReceived(2));
    assertRefused(report -> report.getAddressesBuilder(0).setReplyTtl(256));
    assertRefused(report -> report.getPacingBuilder().addSetbacksBuilder().setCauseValue(99));
    assertRefused(report -> report.getPacingBuilder().setLongestDelay(-1));
    assertRefused(Report.Builder::clearResolution);
    assertRefused(report -> report.setRound(0));
  }
}
