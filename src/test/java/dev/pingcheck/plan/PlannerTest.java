package dev.pingcheck.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.crd.Durations;
import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.crd.PingCheckSpec;
import dev.pingcheck.crd.Specs;
import dev.pingcheck.crd.Specs.Bad;
import dev.pingcheck.plan.Planning.Planned;
import dev.pingcheck.plan.Planning.Refused;
import dev.pingcheck.plan.Planning.Suspended;
import dev.pingcheck.plan.ProbePlan.AddressSelection;
import dev.pingcheck.plan.ProbePlan.CheckRef;
import dev.pingcheck.plan.ProbePlan.IpFamilies;
import dev.pingcheck.plan.ProbePlan.PacketShape;
import dev.pingcheck.plan.ProbePlan.Timing;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PlannerTest {

  @Test
  void hostnameAloneIsPlannedWithEveryDefault() {
    assertThat(plan("{hostname: gw.example.com}"))
        .isEqualTo(
            new Planned(
                new ProbePlan(
                    new CheckRef("0f1e", "shop", "gw", 3),
                    "gw.example.com",
                    IpFamilies.ANY,
                    AddressSelection.FIRST,
                    new Timing(
                        4, Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(2)),
                    new PacketShape(56, 64, 0, false))));
  }

  @Test
  void everyFieldReachesThePlan() {
    assertThat(
            plan(
                """
                {hostname: '2001:db8::1', count: 10, interval: 0.2s, period: 1m30s, timeout: 250ms,
                 ipFamily: IPv6, addresses: All, payloadSize: 1200, ttl: 9, dscp: 46,
                 dontFragment: true, from: {}, suspend: false}\
                """))
        .isEqualTo(
            new Planned(
                new ProbePlan(
                    new CheckRef("0f1e", "shop", "gw", 3),
                    "2001:db8::1",
                    IpFamilies.IPV6,
                    AddressSelection.ALL,
                    new Timing(
                        10, Duration.ofMillis(200), Duration.ofSeconds(90), Duration.ofMillis(250)),
                    new PacketShape(1200, 9, 46, true))));
  }

  @ParameterizedTest
  @CsvSource({"Any, ANY", "IPv4, IPV4", "IPv6, IPV6", "DualStack, DUAL_STACK"})
  void familyIsTheOneAskedFor(String word, IpFamilies families) {
    assertThat(planned("{hostname: a, ipFamily: " + word + "}").families()).isEqualTo(families);
  }

  @ParameterizedTest
  @CsvSource({
    "4, 1s, 30s",
    "30, 1s, 30s",
    "31, 1s, 31s",
    "4, 10s, 40s",
    "1, 30.000000001s, 30.000000001s",
    "100, 1h, 100h"
  })
  void absentPeriodIsTheLongerOf30SecondsAndCountTimesInterval(
      int count, String interval, String period) {
    Timing timing =
        planned("{hostname: a, count: " + count + ", interval: " + interval + "}").timing();

    assertThat(timing.period()).isEqualTo(Durations.parse(period).orElseThrow());
  }

  static List<Bad> badSpecs() {
    return Specs.AGAINST_A_RULE;
  }

  @ParameterizedTest
  @MethodSource("badSpecs")
  void specAgainstARuleIsRefusedInTheWordsOfTheCrd(Bad bad) {
    assertThat(plan(bad.yaml()))
        .isEqualTo(new Refused("InvalidSpec", bad.field() + ": " + bad.sentence()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                 | spec.hostname: write a DNS name or an IP address
          {hostname: a, count: 0}                            | spec.count: write a number from 1 to 1000
          {hostname: a, count: 1001}                         | spec.count: write a number from 1 to 1000
          {hostname: a, payloadSize: 15}                     | spec.payloadSize: write a number from 16 to 65507
          {hostname: a, payloadSize: 65508}                  | spec.payloadSize: write a number from 16 to 65507
          {hostname: a, ttl: 0}                              | spec.ttl: write a number from 1 to 255
          {hostname: a, ttl: 256}                            | spec.ttl: write a number from 1 to 255
          {hostname: a, dscp: -1}                            | spec.dscp: write a number from 0 to 63
          {hostname: a, dscp: 64}                            | spec.dscp: write a number from 0 to 63
          {hostname: a, ipFamily: ipv4}                      | spec.ipFamily: write Any, IPv4, IPv6 or DualStack
          {hostname: a, addresses: Every}                    | spec.addresses: write First or All
          {hostname: a, interval: -1s}                       | spec.interval: write an interval of 10ms to 1h
          {hostname: a, thresholds: {lossPercent: 0}}        | spec.thresholds.lossPercent: write a number from 1 to 100
          {hostname: a, thresholds: {lossPercent: 101}}      | spec.thresholds.lossPercent: write a number from 1 to 100
          {hostname: a, thresholds: {recoveryLossPercent: 0}}| spec.thresholds.recoveryLossPercent: write a number from 1 to 100
          {hostname: a, thresholds: {failureThreshold: 0}}   | spec.thresholds.failureThreshold: write a number from 1 to 100
          {hostname: a, thresholds: {successThreshold: 101}} | spec.thresholds.successThreshold: write a number from 1 to 100
          """)
  void specOutsideABoundIsRefusedWithTheBound(String yaml, String sentence) {
    assertThat(plan(yaml)).isEqualTo(new Refused("InvalidSpec", sentence));
  }

  @Test
  void hostnameOf254CharactersIsRefused() {
    assertThat(plan("{hostname: " + "a.".repeat(126) + "ab}"))
        .isEqualTo(
            new Refused("InvalidSpec", "spec.hostname: write a name of at most 253 characters"));
  }

  static List<String> goodSpecs() {
    return Specs.GOOD;
  }

  @ParameterizedTest
  @MethodSource("goodSpecs")
  void specThatTheCrdAcceptsIsNeverRefused(String yaml) {
    // The built-in policy may forbid it all the same.
    assertThat(plan(yaml) instanceof Refused(String reason, String said) ? reason : "")
        .isNotEqualTo("InvalidSpec");
  }

  @Test
  void suspendedCheckHasNoPlan() {
    assertThat(plan("{hostname: a, suspend: true}")).isEqualTo(new Suspended());
  }

  @Test
  void mistakeIsToldAlsoWhileSuspended() {
    assertThat(plan("{hostname: a, suspend: true, count: 0}")).isInstanceOf(Refused.class);
  }

  @Test
  void aPlanSaysFromWhichNodesItIsFollowed() {
    NodeSelector nodes =
        planned("{hostname: a, from: {nodeSelector: {zone: a, disk: ssd}}}").nodes();
    assertThat(nodes).hasToString("disk=ssd,zone=a");
    assertThat(nodes.matches(Map.of("zone", "a", "disk", "ssd", "os", "linux"))).isTrue();
    assertThat(nodes.matches(Map.of("zone", "a", "disk", "hdd"))).isFalse();
    assertThat(nodes.matches(Map.of("zone", "a"))).isFalse();
    assertThat(planned("{hostname: a, from: {nodeSelector: {}}}").nodes().isEmpty()).isTrue();
    assertThat(NodeSelector.NONE.matches(Map.of("zone", "a"))).isFalse();
  }

  @Test
  void aKeyThatIsNoLabelsIsTold() {
    assertThat(plan("{hostname: a, from: {nodeSelector: {'a b': c}}}"))
        .isEqualTo(
            new Refused(
                "InvalidSpec",
                "spec.from.nodeSelector: write labels as `kubectl get nodes --show-labels` shows"
                    + " them, such as topology.kubernetes.io/zone: a"));
    assertThat(plan("{hostname: a, from: {nodeSelector: {example.com/Role_1: ''}}}"))
        .isInstanceOf(Planned.class);
  }

  @Test
  void nullsInsideASpecAreAbsentFields() {
    assertThat(
            plan(
                "{hostname: gw.example.com, count: null, period: null, thresholds: null,"
                    + " from: {nodeSelector: null}}"))
        .isEqualTo(plan("{hostname: gw.example.com}"));
  }

  @Test
  void checkWithoutSpecIsRefused() {
    PingCheck check = check(new PingCheckSpec());
    check.setSpec(null);

    assertThat(Planner.plan(check)).isInstanceOf(Refused.class);
  }

  private static ProbePlan planned(String yaml) {
    return ((Planned) plan(yaml)).plan();
  }

  private static Planning plan(String yaml) {
    return Planner.plan(check(Specs.read(yaml, PingCheckSpec.class)));
  }

  private static PingCheck check(PingCheckSpec spec) {
    PingCheck check = new PingCheck();
    check.setMetadata(
        new ObjectMetaBuilder()
            .withUid("0f1e")
            .withNamespace("shop")
            .withName("gw")
            .withGeneration(3L)
            .build());
    check.setSpec(spec);
    return check;
  }
}
