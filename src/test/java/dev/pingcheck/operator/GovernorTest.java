package dev.pingcheck.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.clock.FakeClock;
import dev.pingcheck.crd.OneOffMark;
import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.crd.PingCheckSpec;
import dev.pingcheck.crd.PingPolicy;
import dev.pingcheck.crd.PingPolicySpec;
import dev.pingcheck.crd.Specs;
import dev.pingcheck.plan.Expiry;
import dev.pingcheck.plan.Planning;
import dev.pingcheck.plan.policy.AddressRules;
import dev.pingcheck.plan.policy.Networks;
import dev.pingcheck.report.metrics.NamespaceMetrics;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GovernorTest {
  private final PolicyBook policies = new PolicyBook();
  private final Map<String, PingCheck> cache = new LinkedHashMap<>();
  private final List<String> woken = new ArrayList<>();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final FakeClock clock = new FakeClock();
  private int nodeCount;
  private final Governor governor =
      new Governor(
          policies,
          namespace ->
              cache.values().stream().filter(c -> c.getMetadata().getNamespace().equals(namespace)),
          (namespace, name) -> woken.add(namespace + "/" + name),
          new NamespaceMetrics(meters),
          nodes -> nodeCount,
          clock);

  @BeforeEach
  void namespacesAreKnown() {
    policies.label("shop", Map.of("team", "shop"));
    policies.label("bank", Map.of("team", "bank"));
  }

  @Test
  void nothingIsPlannedBeforeTheLabelsOfTheNamespaceAreKnown() {
    PingCheck check = check("fresh", "a", 1, "{hostname: 192.0.2.1}");
    assertThat(governor.plan(check)).isEmpty();
    policies.label("fresh", Map.of());
    assertThat(woken).containsExactly("fresh/a");
    assertThat(reason(check)).isEqualTo("Planned");
  }

  @Test
  void policyIsThatOfTheNamespaceThatItSelects() {
    policies.put(
        policy("p", "{namespaceSelector: {matchLabels: {team: shop}}, deny: [192.0.2.0/24]}"));
    assertThat(reason(check("shop", "a", 1, "{hostname: 192.0.2.1}"))).isEqualTo("TargetForbidden");
    assertThat(reason(check("bank", "a", 1, "{hostname: 192.0.2.1}"))).isEqualTo("Planned");
  }

  @Test
  void changeOfAPolicyWakesTheChecksOfItsNamespacesAndNoOthers() {
    PingCheck shop = check("shop", "a", 1, "{hostname: 192.0.2.1}");
    check("bank", "a", 1, "{hostname: 192.0.2.1}");
    PingPolicy policy =
        policy("p", "{namespaceSelector: {matchLabels: {team: shop}}, deny: [192.0.2.0/24]}");
    assertThat(reason(shop)).isEqualTo("Planned");
    policies.put(policy);
    assertThat(woken).containsExactly("shop/a");
    assertThat(reason(shop)).isEqualTo("TargetForbidden");
    woken.clear();
    policies.put(policy);
    assertThat(woken).as("the same policy again").isEmpty();
    policies.remove("p");
    assertThat(woken).containsExactly("shop/a");
    assertThat(reason(shop)).isEqualTo("Planned");
  }

  @Test
  void changeOfTheLabelsOfANamespaceWakesItsChecks() {
    policies.put(
        policy("p", "{namespaceSelector: {matchLabels: {team: shop}}, allow: [10.0.0.0/8]}"));
    PingCheck check = check("bank", "a", 1, "{hostname: gw.example.com}");
    assertThat(rules(check)).isEqualTo(AddressRules.BUILT_IN);
    woken.clear();
    policies.label("bank", Map.of("team", "bank", "other", "label"));
    assertThat(woken).isEmpty();
    policies.label("bank", Map.of("team", "shop"));
    assertThat(woken).containsExactly("bank/a");
    assertThat(rules(check)).isEqualTo(new AddressRules(Networks.of("10.0.0.0/8"), Networks.NONE));
  }

  @Test
  void olderChecksAreKnownBeforeTheFirstOneIsJudged() {
    policies.put(policy("p", "{namespaceSelector: {}, limits: {checks: 1}}"));
    check("shop", "older", 1, "{hostname: a}");
    PingCheck younger = check("shop", "younger", 2, "{hostname: a}");
    woken.clear();
    assertThat(governor.plan(younger))
        .contains(
            new Planning.Refused(
                "LimitExceeded",
                "PingPolicy p grants this namespace 1 checks, and older ones have these places:"
                    + " delete one, or have a PingPolicy grant more checks"));
    assertThat(woken).isEmpty();
  }

  @Test
  void aCheckFromSeveralNodesAsksForThatManyTimesAsMuch() {
    policies.put(policy("p", "{namespaceSelector: {}, limits: {echoesPerSecond: 1}}"));
    String from = "from: {nodeSelector: {zone: a}}";
    PingCheck check =
        check("shop", "a", 1, "{hostname: 192.0.2.1, count: 10, period: 30s, " + from + "}");
    assertThat(reason(check)).as("no node yet").isEqualTo("Planned");
    nodeCount = 3;
    assertThat(reason(check)).isEqualTo("Planned");
    nodeCount = 4;
    assertThat(governor.plan(check).orElseThrow())
        .isInstanceOfSatisfying(
            Planning.Refused.class,
            refused -> assertThat(refused.sentence()).contains("too little for the 1.333 of"));
  }

  @Test
  void checkThatWasRefusedIsWokenWhenRoomAppears() {
    policies.put(policy("p", "{namespaceSelector: {}, limits: {checks: 1}}"));
    PingCheck older = check("shop", "older", 1, "{hostname: a}");
    PingCheck younger = check("shop", "younger", 2, "{hostname: a}");
    assertThat(reason(older)).isEqualTo("Planned");
    assertThat(reason(younger)).isEqualTo("LimitExceeded");
    woken.clear();
    cache.remove("shop/older");
    governor.forget("uid-older");
    assertThat(woken).containsExactly("shop/younger");
    assertThat(reason(younger)).isEqualTo("Planned");
  }

  @Test
  void echoesOfAllChecksTogetherAreLimited() {
    policies.put(policy("p", "{namespaceSelector: {}, limits: {echoesPerSecond: 2}}"));
    PingCheck first = check("shop", "a", 1, "{hostname: a, count: 10, period: 10s}");
    PingCheck second = check("shop", "b", 2, "{hostname: a, count: 11, period: 10s}");
    assertThat(reason(first)).isEqualTo("Planned");
    assertThat(governor.plan(second))
        .contains(
            new Planning.Refused(
                "LimitExceeded",
                "PingPolicy p grants all checks of this namespace together 2 echo requests a"
                    + " second, and older ones leave too little for the 1.1 of this one: write a"
                    + " longer period or a smaller count, here or there, or have a PingPolicy grant"
                    + " more echoesPerSecond"));
    second.getSpec().setCount(10);
    assertThat(reason(second)).isEqualTo("Planned");
  }

  @Test
  void suspendedCheckHasAPlaceAndSendsNothing() {
    policies.put(policy("p", "{namespaceSelector: {}, limits: {checks: 2, echoesPerSecond: 1}}"));
    PingCheck suspended =
        check("shop", "a", 1, "{hostname: a, count: 10, period: 10s, suspend: true}");
    PingCheck second = check("shop", "b", 2, "{hostname: a, count: 10, period: 10s}");
    PingCheck third = check("shop", "c", 3, "{hostname: a}");
    assertThat(reason(suspended)).isEqualTo("Suspended");
    assertThat(reason(second)).isEqualTo("Planned");
    assertThat(reason(third)).isEqualTo("LimitExceeded");
    suspended.getSpec().setSuspend(false);
    woken.clear();
    assertThat(reason(suspended)).isEqualTo("Planned");
    assertThat(woken).containsExactly("shop/b", "shop/c");
    assertThat(reason(second)).isEqualTo("LimitExceeded");
  }

  @Test
  void checkThatIsRefusedForItselfTakesNoPlace() {
    policies.put(policy("p", "{namespaceSelector: {}, limits: {checks: 1}}"));
    PingCheck forbidden = check("shop", "a", 1, "{hostname: 127.0.0.1}");
    PingCheck wrong = check("shop", "b", 2, "{hostname: 'http://x'}");
    PingCheck good = check("shop", "c", 3, "{hostname: a}");
    assertThat(reason(good)).isEqualTo("Planned");
    assertThat(reason(forbidden)).isEqualTo("TargetForbidden");
    assertThat(reason(wrong)).isEqualTo("InvalidSpec");
  }

  @Test
  void checkThatComesToBeRefusedGivesItsPlaceAway() {
    policies.put(policy("p", "{namespaceSelector: {}, limits: {checks: 1}}"));
    PingCheck older = check("shop", "a", 1, "{hostname: 192.0.2.1}");
    PingCheck younger = check("shop", "b", 2, "{hostname: a}");
    assertThat(reason(older)).isEqualTo("Planned");
    assertThat(reason(younger)).isEqualTo("LimitExceeded");
    woken.clear();
    older.getSpec().setHostname("127.0.0.1");
    assertThat(reason(older)).isEqualTo("TargetForbidden");
    assertThat(woken).containsExactly("shop/b");
    assertThat(reason(younger)).isEqualTo("Planned");
  }

  @Test
  void checkOfAKilledRunGivesItsPlaceAwayWhenItExpires() {
    policies.put(policy("p", "{namespaceSelector: {}, limits: {checks: 1}}"));
    PingCheck run = check("shop", "run", 1, "{hostname: a}");
    run.getMetadata().setLabels(Map.of(OneOffMark.LABEL, "true"));
    run.getMetadata().setAnnotations(Map.of(OneOffMark.EXPIRES, clock.now().toString()));
    PingCheck younger = check("shop", "younger", 2, "{hostname: a}");
    assertThat(reason(run)).isEqualTo("Planned");
    assertThat(reason(younger)).isEqualTo("LimitExceeded");
    woken.clear();
    clock.advance(Expiry.GRACE);
    assertThat(reason(run)).isEqualTo("Expired");
    assertThat(woken).containsExactly("shop/younger");
    assertThat(reason(younger)).isEqualTo("Planned");
  }

  @Test
  void metricsShowWhatANamespaceUsesAndGoWithItsLastCheck() {
    policies.put(policy("p", "{namespaceSelector: {}, limits: {checks: 5, echoesPerSecond: 2}}"));
    reason(check("shop", "a", 1, "{hostname: a, count: 15, interval: 100ms, period: 10s}"));
    reason(check("shop", "b", 2, "{hostname: a, count: 15, interval: 100ms, period: 10s}"));
    assertThat(gauge("checks")).isEqualTo(1);
    assertThat(gauge("checks.limit")).isEqualTo(5);
    assertThat(gauge("checks.refused")).isEqualTo(1);
    assertThat(gauge("echo.rate")).isEqualTo(1.5);
    assertThat(gauge("echo.rate.limit")).isEqualTo(2);
    governor.forget("uid-a");
    governor.forget("uid-b");
    assertThat(meters.getMeters()).isEmpty();
  }

  private double gauge(String name) {
    return meters.get("pingcheck.namespace." + name).tag("namespace", "shop").gauge().value();
  }

  @Test
  void wakingIsSpreadAndEachCheckWaitsOnce() {
    WakeQueue queue = new WakeQueue();
    for (int i = 0; i < 250; i++) {
      queue.add("shop", "c" + i);
      queue.add("shop", "c" + i);
    }
    List<String> turns = new ArrayList<>();
    queue.turn((namespace, name) -> turns.add(name));
    assertThat(turns).hasSize(100).startsWith("c0", "c1").endsWith("c99");
    queue.turn((namespace, name) -> {
      turns.add(name);
      if (name.equals("c100")) {
        throw new IllegalStateException("one fails");
      }
    });
    queue.turn((namespace, name) -> turns.add(name));
    queue.turn((namespace, name) -> turns.add(name));
    assertThat(turns).hasSize(250).doesNotHaveDuplicates();
    queue.close();
  }

  private String reason(PingCheck check) {
    return switch (governor.plan(check).orElseThrow()) {
      case Planning.Planned planned -> "Planned";
      case Planning.Suspended suspended -> "Suspended";
      case Planning.Refused refused -> refused.reason();
    };
  }

  private AddressRules rules(PingCheck check) {
    return ((Planning.Planned) governor.plan(check).orElseThrow()).plan().rules();
  }

  private PingCheck check(String namespace, String name, int second, String spec) {
    PingCheck check = new PingCheck();
    check.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(namespace)
            .withName(name)
            .withUid("uid-" + name)
            .withGeneration(1L)
            .withCreationTimestamp("2026-01-01T00:00:0" + second + "Z")
            .build());
    check.setSpec(Specs.read(spec, PingCheckSpec.class));
    cache.put(namespace + "/" + name, check);
    return check;
  }

  private static PingPolicy policy(String name, String spec) {
    PingPolicy policy = new PingPolicy();
    policy.setMetadata(new ObjectMetaBuilder().withName(name).build());
    policy.setSpec(Specs.read(spec, PingPolicySpec.class));
    return policy;
  }
}
