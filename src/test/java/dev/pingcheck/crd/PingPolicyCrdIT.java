package dev.pingcheck.crd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pingcheck.kube.ApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PingPolicyCrdIT {
  @RegisterExtension static final ApiServer api = new ApiServer();

  @BeforeAll
  static void install() {
    api.installCrd();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          deny: [10.0.0.0]                      | spec.deny                       | write each network as an address and the length of its prefix
          deny: [10.0.0.0/33]                   | spec.deny                       | write each network as
          deny: ['::/0', 010.0.0.0/8]           | spec.deny                       | write each network as
          deny: [10.0/8]                        | spec.deny                       | write each network as
          deny: ['fe80::%eth0/64']              | spec.deny                       | write each network as
          deny: [gw.example.com/32]             | spec.deny                       | write each network as
          deny: ['']                            | spec.deny                       | write each network as
          allow: [10.1.2.3/16]                  | spec.allow                      | a network has bits set behind its prefix
          allow: ['2001:db8::1/64']             | spec.allow                      | a network has bits set behind its prefix
          allow: ['::ffff:10.0.0.0/104']        | spec.allow                      | an IPv4-mapped IPv6 network is not on any wire
          limits: {checks: -1}                  | spec.limits.checks              | greater than or equal to 0
          limits: {echoesPerSecond: 0}          | spec.limits.echoesPerSecond     | greater than or equal to 1
          limits: {count: 1001}                 | spec.limits.count               | less than or equal to 1000
          limits: {payloadSize: 15}             | spec.limits.payloadSize         | greater than or equal to 16
          limits: {shortestInterval: 5ms}       | spec.limits.shortestInterval    | write an interval of 10ms to 1h
          limits: {shortestPeriod: soon}        | spec.limits.shortestPeriod      | write a duration as a number and a unit
          namespaceSelector: {matchExpressions: [{key: a, operator: Gt}]}         | spec.namespaceSelector.matchExpressions[0].operator | supported values
          namespaceSelector: {matchExpressions: [{key: a, operator: In}]}         | spec.namespaceSelector.matchExpressions[0].values   | write values with the operators In and NotIn
          namespaceSelector: {matchExpressions: [{key: a, operator: Exists, values: [b]}]} | spec.namespaceSelector.matchExpressions[0].values | and none with Exists
          """)
  void badPolicyIsRefusedWithOneSentence(String fields, String field, String sentence) {
    KubernetesClientException refusal =
        catchThrowableOfType(KubernetesClientException.class, () -> dryRun(fields));
    assertThat(refusal).as(fields).isNotNull();
    List<StatusCause> causes =
        refusal.getStatus().getDetails().getCauses().stream()
            .filter(cause -> !cause.getField().equals("<nil>")) // "some rules were not checked"
            .toList();
    assertThat(causes)
        .singleElement()
        .satisfies(cause -> {
          assertThat(cause.getField()).isEqualTo(field);
          assertThat(cause.getMessage()).contains(sentence);
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "deny: []",
        "allow: [0.0.0.0/0, '::/0', 169.254.169.254/32, 'fe80::/10', '64:ff9b::/96']",
        "namespaceSelector: {matchLabels: {a: b}, matchExpressions: [{key: c, operator: NotIn,"
            + " values: [d]}, {key: e, operator: DoesNotExist}]}",
        "limits: {}",
        "limits: {checks: 0, echoesPerSecond: 1, count: 1, payloadSize: 16, shortestInterval: 10ms,"
            + " shortestPeriod: 24h}"
      })
  void goodPolicyIsAccepted(String fields) {
    assertThat(dryRun(fields).getMetadata().getUid()).isNotEmpty();
  }

  @Test
  void asManyNetworksAsTheSchemaAllowsAreWithinTheCostOfItsRules() {
    String networks =
        IntStream.range(0, 256)
            .mapToObj(i -> "'2001:0db8:0000:0000:" + Integer.toHexString(i + 256) + "::/80'")
            .collect(Collectors.joining(", "));
    assertThat(dryRun("allow: [" + networks + "], deny: [" + networks + "]")).isNotNull();
  }

  @Test
  void policyWithoutSelectorIsRefused() {
    GenericKubernetesResource policy = policy("limits: {}");
    policy.setAdditionalProperties(Map.of("spec", Map.of()));
    assertThat(
            catchThrowableOfType(
                KubernetesClientException.class,
                () -> api.admin().resource(policy).dryRun().create()))
        .hasMessageContaining("spec.namespaceSelector: Required value");
  }

  @Test
  void kubectlExplainsEveryField() {
    // What there is to explain is published a moment after the CRD.
    Awaitility.await().untilAsserted(() -> api.kubectl("explain", "pingpolicy"));
    for (String part :
        List.of("", ".spec", ".spec.limits", ".spec.namespaceSelector.matchExpressions")) {
      assertThat(api.kubectl("explain", "pingpolicy" + part))
          .contains("DESCRIPTION:")
          .doesNotContain("<no description>");
    }
    assertThat(api.kubectl("explain", "pingpol.spec.deny")).contains("must not be pinged");
  }

  @Test
  void examplePolicyIsAcceptedAndShown() {
    api.kubectl("apply", "-f", "examples/policy.yaml");
    try {
      assertThat(api.kubectl("get", "pingpolicies", "tenants"))
          .containsPattern("NAME +ALLOW +DENY +CHECKS +ECHOES +AGE")
          .containsPattern("tenants +\\[\"198.51.100.0/24\",.*\\] +\\[.*\\] +20 +50 ");
    } finally {
      api.kubectl("delete", "-f", "examples/policy.yaml");
    }
  }

  private static GenericKubernetesResource dryRun(String fields) {
    return api.admin().resource(policy(fields)).dryRun().create();
  }

  private static GenericKubernetesResource policy(String fields) {
    String selector = fields.contains("namespaceSelector") ? "" : "namespaceSelector: {}, ";
    return new GenericKubernetesResourceBuilder()
        .withApiVersion("pingcheck.dev/v1alpha1")
        .withKind("PingPolicy")
        .withNewMetadata()
        .withGenerateName("policy-")
        .endMetadata()
        .addToAdditionalProperties("spec", Specs.read("{" + selector + fields + "}", Map.class))
        .build();
  }
}
