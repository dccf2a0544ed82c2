package dev.pingcheck.plan.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.crd.PingPolicy;
import dev.pingcheck.crd.PingPolicySpec;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamespacePolicyTest {

  @Test
  void withoutAPolicyTheBuiltInOneHolds() {
    assertThat(NamespacePolicy.BUILT_IN.rules()).isEqualTo(AddressRules.BUILT_IN);
    assertThat(NamespacePolicy.BUILT_IN.limits())
        .isEqualTo(
            new Limits(
                new Limit<>(1000, "the built-in policy"),
                new Limit<>(500, "the built-in policy"),
                new Limit<>(100, "the built-in policy"),
                new Limit<>(1472, "the built-in policy"),
                new Limit<>(Duration.ofMillis(50), "the built-in policy"),
                new Limit<>(Duration.ofSeconds(1), "the built-in policy"),
                new Limit<>(true, "the built-in policy")));
  }

  @Test
  void theStrictestLimitOfAllPoliciesHoldsAndNamesItsPolicy() {
    Limits limits =
        NamespacePolicy.of(
                List.of(
                    policy(
                        "a", "limits: {checks: 5, count: 9, shortestInterval: 1s, capture: true}"),
                    policy(
                        "b", "limits: {checks: 7, count: 3, shortestInterval: 2s, capture: false}"),
                    policy("c", "limits: {payloadSize: 9000, shortestPeriod: 1m}")))
            .limits();
    assertThat(limits)
        .isEqualTo(
            new Limits(
                new Limit<>(5, "PingPolicy a"),
                new Limit<>(500, "the built-in policy"),
                new Limit<>(3, "PingPolicy b"),
                new Limit<>(9000, "PingPolicy c"),
                new Limit<>(Duration.ofSeconds(2), "PingPolicy b"),
                new Limit<>(Duration.ofMinutes(1), "PingPolicy c"),
                new Limit<>(false, "PingPolicy b")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          192.0.2.1       | allowed
          192.0.2.66      | 192.0.2.66 is in 192.0.2.64/26, which PingPolicy c denies
          10.0.0.1        | allowed
          10.1.0.1        | 10.1.0.1 is in 10.1.0.0/16, which PingPolicy a denies
          203.0.113.1     | 203.0.113.1 is in no network that PingPolicy a or PingPolicy b allows
          169.254.169.254 | 169.254.169.254 is in 169.254.0.0/16 (link-local), which is denied unless a PingPolicy allows it by name
          """)
  void anAddressIsAllowedWhenNoPolicyDeniesItAndOneAllowsIt(String address, String expected) {
    NamespacePolicy policy =
        NamespacePolicy.of(
            List.of(
                policy("a", "allow: [10.0.0.0/8], deny: [10.1.0.0/16]"),
                policy("b", "allow: [192.0.2.0/24]"),
                policy("c", "deny: [192.0.2.64/26]")));
    assertThat(policy.forbids(Ip.parse(address).orElseThrow()).orElse("allowed"))
        .isEqualTo(expected);
  }

  @Test
  void policiesThatAllowNothingByNameLeaveAllThatTheBuiltInOneAllows() {
    NamespacePolicy policy =
        NamespacePolicy.of(List.of(policy("a", "deny: [10.0.0.0/8]"), policy("b", "limits: {}")));
    assertThat(policy.forbids(Ip.parse("192.0.2.1").orElseThrow())).isEmpty();
    assertThat(policy.forbids(Ip.parse("10.0.0.1").orElseThrow())).isPresent();
    assertThat(policy.forbids(Ip.parse("127.0.0.1").orElseThrow())).isPresent();
  }

  @Test
  void anEmptyListAllowsNothing() {
    assertThat(
            NamespacePolicy.of(List.of(policy("a", "allow: []")))
                .forbids(Ip.parse("192.0.2.1").orElseThrow()))
        .contains("192.0.2.1 is in no network that PingPolicy a allows");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                                    | true
          {matchLabels: {team: shop}}                                           | true
          {matchLabels: {team: shop, tier: web}}                                | false
          {matchLabels: {team: bank}}                                           | false
          {matchExpressions: [{key: team, operator: In, values: [a, shop]}]}    | true
          {matchExpressions: [{key: tier, operator: In, values: [a]}]}          | false
          {matchExpressions: [{key: team, operator: NotIn, values: [shop]}]}    | false
          {matchExpressions: [{key: tier, operator: NotIn, values: [a]}]}       | true
          {matchExpressions: [{key: team, operator: Exists}]}                   | true
          {matchExpressions: [{key: tier, operator: Exists}]}                   | false
          {matchExpressions: [{key: team, operator: DoesNotExist}]}             | false
          {matchExpressions: [{key: tier, operator: DoesNotExist}]}             | true
          {matchLabels: {team: shop}, matchExpressions: [{key: a, operator: Exists}]} | false
          """)
  void selectorSelectsAsEverywhereInKubernetes(String selector, boolean selects) {
    PolicyTerms terms = read("a", "{namespaceSelector: " + selector + "}");
    assertThat(terms.governs(Map.of("team", "shop"))).isEqualTo(selects);
    assertThat(terms.fault()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {deny: [10.0.0.0]}                        | spec.deny: write each network as an address and
          {allow: [10.0.0.1/8]}                     | spec.allow: a network has bits set behind its prefix
          {deny: [null]}                            | spec.deny: write each network as an address and
          {limits: {shortestInterval: soon}}        | spec.limits.shortestInterval: write a duration
          {limits: {shortestPeriod: '1'}}           | spec.limits.shortestPeriod: write a duration
          {namespaceSelector: {matchExpressions: [{key: a, operator: Gt, values: ['1']}]}} | spec.namespaceSelector.matchExpressions: write a key
          """)
  void whatCannotBeUnderstoodGovernsAndIsToldWithItsPolicy(String spec, String sentence) {
    PolicyTerms terms = read("typo", spec);
    assertThat(terms.governs(Map.of("any", "namespace"))).isTrue();
    assertThat(NamespacePolicy.of(List.of(terms)).fault().orElse(""))
        .startsWith("PingPolicy typo: " + sentence);
  }

  @Test
  void policyWithoutSpecGovernsEverybodyAndChangesNothing() {
    PingPolicy policy = new PingPolicy();
    policy.setMetadata(new ObjectMetaBuilder().withName("empty").build());
    PolicyTerms terms = PolicyTerms.read(policy);
    assertThat(terms.governs(Map.of())).isTrue();
    assertThat(NamespacePolicy.of(List.of(terms)).rules()).isEqualTo(AddressRules.BUILT_IN);
  }

  @Test
  void moreNetworksThanAMessageHoldsAreAFault() {
    String many =
        IntStream.range(0, 4096)
            .mapToObj(i -> "10." + i / 256 + "." + i % 256 + ".0/24")
            .collect(Collectors.joining(", "));
    assertThat(NamespacePolicy.of(List.of(policy("big", "deny: [" + many + "]"))).fault())
        .contains(
            "PingPolicy big: together they have more than 4096 networks: write fewer and larger"
                + " ones");
  }

  private static PolicyTerms policy(String name, String fields) {
    PolicyTerms terms = read(name, "{namespaceSelector: {}, " + fields + "}");
    assertThat(terms.fault()).isEmpty();
    return terms;
  }

  private static PolicyTerms read(String name, String spec) {
    PingPolicy policy = new PingPolicy();
    policy.setMetadata(new ObjectMetaBuilder().withName(name).build());
    policy.setSpec(Serialization.unmarshal("--- " + spec, PingPolicySpec.class));
    return PolicyTerms.read(policy);
  }
}
