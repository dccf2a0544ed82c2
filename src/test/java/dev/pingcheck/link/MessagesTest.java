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
import dev.pingcheck.stats.LossReason;
import dev.pingcheck.stats.Resolution;
import dev.pingcheck.stats.RoundReport;
import dev.pingcheck.stats.Strays;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
            new PacketShape(65_507, 255, 63, true));
    assertThat(PlanMessages.decode(PlanMessages.encode(plan))).contains(plan);
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
    AddressRound round =
        new AddressRound(
            "2001:db8::1",
            sent + 2,
            List.of(0L, Long.MAX_VALUE),
            lost,
            new Strays(1, 2, 3, 4),
            Optional.empty(),
            Optional.of(Samples.START));
    RoundReport sample = Samples.report("9f3c21aa", 17);
    RoundReport report =
        new RoundReport(
            sample.checkUid(),
            sample.generation(),
            sample.id(),
            sample.startTime(),
            sample.endTime(),
            new Resolution(state, "The server does not answer.", Duration.ofSeconds(61)),
            List.of(sample.addresses().getFirst(), round));
    assertThat(ReportMessages.decode(ReportMessages.encode(report).build())).contains(report);
  }

  @Test
  void aPlanWithAValueOutOfRangeIsRefused() {
    Plan good = PlanMessages.encode(Samples.plan(1));
    assertThat(PlanMessages.decode(good)).isPresent();
    assertThat(PlanMessages.decode(good.toBuilder().setCount(0).build())).isEmpty();
    assertThat(PlanMessages.decode(good.toBuilder().setTtl(256).build())).isEmpty();
    assertThat(PlanMessages.decode(good.toBuilder().setDscp(64).build())).isEmpty();
    assertThat(PlanMessages.decode(good.toBuilder().setHostname(" ").build())).isEmpty();
    assertThat(PlanMessages.decode(good.toBuilder().setUid("").build())).isEmpty();
    assertThat(PlanMessages.decode(good.toBuilder().setFamiliesValue(9).build())).isEmpty();
    assertThat(PlanMessages.decode(good.toBuilder().clearTimeout().build())).isEmpty();
    assertThat(PlanMessages.decode(good.toBuilder().setPayloadSize(-1).build())).isEmpty();
  }

  @Test
  void aReportThatContradictsItselfIsRefused() {
    Report good = ReportMessages.encode(Samples.report("abc", 1)).build();
    assertThat(ReportMessages.decode(good)).isPresent();
    Report.Builder wrong = good.toBuilder();
    wrong.getAddressesBuilder(0).setSent(5);
    assertThat(ReportMessages.decode(wrong.build())).isEmpty();
    wrong = good.toBuilder();
    wrong.getAddressesBuilder(0).addLost(Lost.newBuilder().setReasonValue(99));
    assertThat(ReportMessages.decode(wrong.build())).isEmpty();
    wrong = good.toBuilder();
    wrong.getStartTimeBuilder().setSeconds(Long.MAX_VALUE);
    assertThat(ReportMessages.decode(wrong.build())).isEmpty();
    assertThat(ReportMessages.decode(good.toBuilder().clearResolution().build())).isEmpty();
    assertThat(ReportMessages.decode(good.toBuilder().setRound(0).build())).isEmpty();
  }
}
