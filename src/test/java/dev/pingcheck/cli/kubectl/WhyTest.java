package dev.pingcheck.cli.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.plan.policy.NamespacePolicy;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.MicroTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class WhyTest {
  private static List<String> lines(Statuses of) {
    return Why.lines(
        of.check,
        new Section("Last rounds", List.of("a round")),
        List.of("an event"),
        List.of("a policy"),
        Statuses.NOW);
  }

  private static String prospect(Statuses of) {
    return new Prospect(of.check).sentence();
  }

  private static Statuses accepted(String name) {
    return new Statuses(name).conditions("Accepted True Accepted");
  }

  @Test
  void aLossyCheckIsToldWholly() {
    Statuses lossy =
        accepted("lossy")
            .conditions(
                "Resolved True Resolved",
                "Reachable True ReplyReceived",
                "Healthy False LossThresholdExceeded",
                "OnSchedule True OnTime")
            .round("9f-3", 4, 3, "1.5ms")
            .inARow(0, 1)
            .openOutage("LossThresholdExceeded");
    lossy.thresholds.setLossPercent(20);
    lossy.thresholds.setRecoveryLossPercent(10);
    lossy.thresholds.setSuccessThreshold(3);
    lossy.thresholds.setRtt("200ms");

    assertThat(lines(lossy))
        .containsExactly(
            "prod/lossy pings gw.example.com (192.0.2.1). Healthy is False since 2m0s.",
            "LossThresholdExceeded: Too many echo requests are lost.",
            "Message of Healthy.",
            "It takes 2 good rounds in a row to be healthy again (1 of 3 so far).",
            "A good round has an address, loses less than 10 %, and answers within 200ms on"
                + " average.",
            "",
            "Conditions",
            "  Accepted   True    Accepted: Message of Accepted.",
            "  Resolved   True    Resolved: Message of Resolved.",
            "  Reachable  True    ReplyReceived: Message of Reachable.",
            "  Healthy    False   LossThresholdExceeded: Message of Healthy.",
            "  OnSchedule True    OnTime: Message of OnSchedule.",
            "",
            "Last round",
            "  3 of 4 answered, begun 12s ago",
            "  loss  25 %: too much, less than 10 % is needed",
            "  rtt   1.5ms on average: good, at most 200ms",
            "  lost  1 by Timeout",
            "  rounds in a row: 0 bad, 1 good",
            "",
            "Last rounds",
            "  a round",
            "",
            "Outages",
            "  LossThresholdExceeded since 2026-03-01T09:57:00Z, 3m0s ago",
            "",
            "Events",
            "  an event",
            "",
            "Policy",
            "  a policy",
            "",
            "Next",
            "  A few percent: look for a full or faulty link on the way. All: see Reachable.");
  }

  @Test
  void aDeadHostIsToldByWhatCameInsteadOfReplies() {
    Statuses dead =
        accepted("dead")
            .conditions("Reachable False AdminProhibited", "Healthy False LossThresholdExceeded")
            .inARow(5, 0);
    assertThat(lines(dead))
        .contains(
            "AdminProhibited: A router or firewall says that echo requests are forbidden.",
            "It takes 1 good round to be healthy again (0 of 1 so far).");
  }

  @Test
  void slowRepliesAreToldAgainstTheirThreshold() {
    Statuses slow =
        accepted("slow")
            .conditions("Healthy False RttThresholdExceeded")
            .round("9f-3", 4, 4, "300ms");
    slow.thresholds.setRtt("200ms");
    assertThat(lines(slow))
        .contains("  rtt   300ms on average: too long, at most 200ms is good")
        .contains("  loss  0 %: good, less than 20 %");
  }

  @Test
  void withoutAThresholdTimesAreNotJudged() {
    Statuses well =
        accepted("w").conditions("Healthy True WithinThresholds").round("9f-3", 4, 4, "1ms");
    assertThat(lines(well))
        .contains("  rtt   1ms on average; it is not judged, as thresholds.rtt is not set");
  }

  @Test
  void whatItTakesFollowsFromTheState() {
    assertThat(prospect(new Statuses("untouched")))
        .isEqualTo("No operator has looked at it yet: does PingCheck's operator run?");
    assertThat(prospect(new Statuses("s").conditions("Accepted True Suspended")))
        .isEqualTo("It is suspended: once spec.suspend is false, it takes 1 good round.");
    assertThat(prospect(new Statuses("i").conditions("Accepted False InvalidSpec")))
        .isEqualTo("Nothing is sent before its spec, or the policy, is another.");
    assertThat(prospect(accepted("n").conditions("Healthy Unknown Pending")))
        .isEqualTo("It takes 1 good round to be healthy.");
    assertThat(prospect(accepted("q").conditions("Healthy Unknown ProbeSilent")))
        .isEqualTo("The next report of a probe tells how it is.");
    assertThat(prospect(accepted("p").conditions("Healthy Unknown NoProbe")))
        .isEqualTo("A probe on one of the nodes that it names, then it takes 1 good round.");
    assertThat(prospect(accepted("f").conditions("Healthy Unknown TargetForbidden")))
        .isEqualTo("An address that may be pinged, then it takes 1 good round.");
  }

  @Test
  void streaksAreCountedAgainstTheirThresholds() {
    Statuses well = accepted("w").conditions("Healthy True WithinThresholds").inARow(1, 0);
    well.thresholds.setFailureThreshold(3);
    assertThat(prospect(well))
        .isEqualTo("It is healthy; 2 bad rounds in a row would make it unhealthy.");
    Statuses pending = accepted("p").conditions("Healthy Unknown Pending").inARow(2, 0);
    pending.thresholds.setFailureThreshold(3);
    assertThat(prospect(pending))
        .isEqualTo(
            "2 of the 3 bad rounds in a row that make it unhealthy have come; a good one makes it"
                + " healthy.");
  }

  @Test
  void theBuiltInPolicyIsSaidAndWhatItRefuses() {
    Statuses loopback = accepted("l");
    loopback.check.getSpec().setHostname("127.0.0.1");
    assertThat(PolicyWords.lines(NamespacePolicy.BUILT_IN, loopback.check))
        .contains(
            "No PingPolicy selects the namespace: the built-in policy holds.",
            "Limits: count 100, payloadSize 1472, interval from 50ms, period from 1s; the namespace"
                + " 1000 checks and 500 echo requests a second.")
        .last()
        .asString()
        .startsWith("It refuses this check: spec.hostname: 127.0.0.1 is in 127.0.0.0/8");
    assertThat(PolicyWords.lines(NamespacePolicy.BUILT_IN, accepted("x").check))
        .last()
        .asString()
        .startsWith("It refuses nothing of this spec by itself");
  }

  @Test
  void eventsComeNewestFirst() {
    assertThat(
            EventWords.lines(
                List.of(
                    event("09:00:00", "LossThresholdExceeded"), event("09:58:00", "LossRecovered")),
                Statuses.NOW))
        .containsExactly(
            "2m0s ago  Normal LossRecovered: a note",
            "1h0m ago  Normal LossThresholdExceeded: a note");
    assertThat(EventWords.lines(List.of(), Statuses.NOW))
        .containsExactly("None within the time for which the API server keeps them.");
  }

  private static Event event(String time, String reason) {
    return new EventBuilder()
        .withNewMetadata()
        .endMetadata()
        .withEventTime(new MicroTime("2026-03-01T" + time + ".000000Z"))
        .withType("Normal")
        .withReason(reason)
        .withMessage("a note")
        .build();
  }
}
