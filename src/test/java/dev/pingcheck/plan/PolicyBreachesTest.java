package dev.pingcheck.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.crd.PingCheckSpec;
import dev.pingcheck.crd.PingPolicy;
import dev.pingcheck.crd.PingPolicySpec;
import dev.pingcheck.crd.Specs;
import dev.pingcheck.plan.Planning.Planned;
import dev.pingcheck.plan.Planning.Refused;
import dev.pingcheck.plan.policy.NamespacePolicy;
import dev.pingcheck.plan.policy.PolicyTerms;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyBreachesTest {
  private static final String POLICY =
      """
      {namespaceSelector: {}, allow: [10.0.0.0/8, '2001:db8::/32'], deny: [10.9.0.0/16],
       limits: {count: 10, payloadSize: 100, shortestInterval: 200ms, shortestPeriod: 10s}}\
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {hostname: 10.9.0.1}            | TargetForbidden | spec.hostname: 10.9.0.1 is in 10.9.0.0/16, which PingPolicy tenants denies: write a host that may be pinged, or ask for a PingPolicy that allows this one
          {hostname: 192.0.2.1}           | TargetForbidden | spec.hostname: 192.0.2.1 is in no network that PingPolicy tenants allows: write a host that may be pinged, or ask for a PingPolicy that allows this one
          {hostname: '::1'}               | TargetForbidden | spec.hostname: ::1 is in ::1/128 (loopback), which is denied unless a PingPolicy allows it by name: write a host that may be pinged, or ask for a PingPolicy that allows this one
          {hostname: '64:ff9b::a09:1'}    | TargetForbidden | spec.hostname: 64:ff9b::a09:1 is in no network that PingPolicy tenants allows: write a host that may be pinged, or ask for a PingPolicy that allows this one
          {hostname: a, count: 11}        | LimitExceeded   | spec.count: write at most 10, which PingPolicy tenants grants, or have a PingPolicy grant more
          {hostname: a, payloadSize: 101} | LimitExceeded   | spec.payloadSize: write at most 100, which PingPolicy tenants grants, or have a PingPolicy grant more
          {hostname: a, interval: 199ms}  | LimitExceeded   | spec.interval: write at least 200ms, which PingPolicy tenants grants, or have a PingPolicy grant more
          {hostname: a, period: 9.9s}     | LimitExceeded   | spec.period: write at least 10s, which PingPolicy tenants grants, or have a PingPolicy grant more
          """)
  void whatThePolicyDoesNotGrantIsRefusedWithItsName(String spec, String reason, String sentence) {
    assertThat(plan(spec)).isEqualTo(new Refused(reason, sentence));
  }

  @Test
  void aCaptureIsGrantedUnlessAPolicyForbidsIt() {
    assertThat(plan("{hostname: a, count: 10, period: 10s, capture: OnLoss}"))
        .isInstanceOfSatisfying(Planned.class, p -> assertThat(p.plan().capture()).isTrue());
    assertThat(plan("{hostname: a, count: 10, period: 10s, capture: Never}"))
        .isInstanceOfSatisfying(Planned.class, p -> assertThat(p.plan().capture()).isFalse());
    assertThat(
            Planner.plan(
                check("{hostname: a, capture: OnLoss}"),
                policy("{namespaceSelector: {}, limits: {capture: false}}")))
        .isEqualTo(
            new Refused(
                "LimitExceeded",
                "spec.capture: write Never, for PingPolicy tenants forbids that packets are kept"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {hostname: 10.8.0.1}
          {hostname: '2001:db8::1'}
          {hostname: metadata.example.com}
          {hostname: a, count: 10, payloadSize: 100, interval: 200ms, period: 10s}
          """)
  void whatThePolicyGrantsIsPlannedWithItsRules(String spec) {
    assertThat(plan(spec))
        .isInstanceOfSatisfying(
            Planned.class, p -> assertThat(p.plan().rules()).isEqualTo(policy(POLICY).rules()));
  }

  @Test
  void suspendedCheckIsNotJudgedForItSendsNothing() {
    assertThat(plan("{hostname: 127.0.0.1, suspend: true}")).isEqualTo(new Planning.Suspended());
  }

  @Test
  void mistakeInTheSpecIsToldBeforeThePolicy() {
    assertThat(plan("{hostname: 127.0.0.1, count: 0}"))
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.reason()).isEqualTo("InvalidSpec"));
  }

  @Test
  void policyThatCannotBeUnderstoodAllowsNothing() {
    assertThat(
            Planner.plan(
                check("{hostname: gw.example.com}"),
                policy("{namespaceSelector: {}, deny: [10.0.0.0]}")))
        .isInstanceOfSatisfying(
            Refused.class,
            r -> {
              assertThat(r.reason()).isEqualTo("InvalidPolicy");
              assertThat(r.sentence())
                  .startsWith(
                      "Nothing is pinged from this namespace before its policy is mended."
                          + " PingPolicy tenants: spec.deny: write each network");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {hostname: a}                                                             |   133333
          {hostname: 10.0.0.1, addresses: All}                                      |   133333
          {hostname: 10.0.0.1, count: 3, period: 10s}                               |   300000
          {hostname: a, ipFamily: DualStack}                                        |   266666
          {hostname: a, addresses: All}                                             |  2133333
          {hostname: a, ipFamily: DualStack, addresses: All, count: 10, period: 10s}| 16000000
          {hostname: a, count: 1, period: 24h}                                      |       11
          """)
  void rateIsCountTimesAddressesAPeriod(String spec, long micros) {
    Planned planned = (Planned) Planner.plan(check(spec), policy("{limits: {}}"));
    assertThat(EchoRate.micros(planned.plan())).isEqualTo(micros);
  }

  @Test
  void theGreatestRateDoesNotOverflow() {
    PingCheck check =
        check("{hostname: a, addresses: All, count: 1000, interval: 10ms, period: 10s}");
    NamespacePolicy free = policy("{limits: {count: 1000, shortestInterval: 10ms}}");
    assertThat(EchoRate.micros(((Planned) Planner.plan(check, free)).plan()))
        .isEqualTo(1_600_000_000L);
  }

  private static Planning plan(String spec) {
    return Planner.plan(check(spec), policy(POLICY));
  }

  private static NamespacePolicy policy(String spec) {
    PingPolicy policy = new PingPolicy();
    policy.setMetadata(new ObjectMetaBuilder().withName("tenants").build());
    policy.setSpec(Specs.read(spec, PingPolicySpec.class));
    return NamespacePolicy.of(List.of(PolicyTerms.read(policy)));
  }

  private static PingCheck check(String spec) {
    PingCheck check = new PingCheck();
    check.setMetadata(
        new ObjectMetaBuilder()
            .withUid("0f1e")
            .withNamespace("shop")
            .withName("gw")
            .withGeneration(3L)
            .build());
    check.setSpec(Specs.read(spec, PingCheckSpec.class));
    return check;
  }
}
