package dev.pingcheck.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pingcheck.kube.ApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the chart renders; nothing of it is installed here. */
class HelmChartIT {
  @RegisterExtension static final ApiServer api = new ApiServer();

  private static final String CHART = "helm/pingcheck";

  @TempDir Path folder;

  @BeforeAll
  static void writeEverything() throws IOException {
    Overlays.writeEverything();
    Overlays.writeMonitored();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          k8s/overlays/net-raw        | mode=net-raw
          k8s/overlays/restricted     | mode=restricted
          k8s/overlays/fleet          | fleet.enabled=true
          target/kustomize/everything | fleet.enabled=true,centralProbes.enabled=true
          target/kustomize/monitored  | serviceMonitor.enabled=true,prometheusRule.enabled=true,dashboards.enabled=true
          """)
  void chartRendersTheObjectsOfTheOverlay(String overlay, String values) {
    assertThat(Normalized.objects(Manifest.of(rendered("--set", values))))
        .isEqualTo(Normalized.objects(Manifest.of(api.kubectl("kustomize", overlay))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mode=net-raw",
        "mode=restricted",
        "fleet.enabled=true,centralProbes.enabled=true,serviceMonitor.enabled=true",
        "prometheusRule.enabled=true,prometheusRule.labels.release=prometheus,dashboards.enabled=true"
      })
  void strictLintIsContent(String values) {
    assertThatCode(() -> api.helm("lint", "--strict", CHART, "--set", values))
        .doesNotThrowAnyException();
  }

  @Test
  void allIsInTheNamespaceOfTheRelease() {
    String text = api.helm(template("--namespace", "elsewhere", "--set", "fleet.enabled=true"));

    assertThat(text).contains("namespace: elsewhere").doesNotContain("pingcheck-system");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mode=raw                                        | at '/mode': value must be one of 'net-raw', 'restricted'
          replicas=0                                      | at '/replicas': minimum: got 0, want 1
          replicas=two                                    | at '/replicas': got string, want integer
          nodeselector.disk=ssd                           | at '': additional properties 'nodeselector' not allowed
          probe.packetsPerSecond=0                        | at '/probe/packetsPerSecond': minimum: got 0, want 1
          image.digest=sha256:12                          | at '/image/digest': 'sha256:12' does not match pattern
          operator.resources.limits.memory=lots           | at '/operator/resources/limits/memory': 'lots' does not match pattern
          page.prefix=ops                                 | at '/page/prefix': 'ops' does not match pattern
          podLabels.app\\.kubernetes\\.io/name=other      | invalid propertyName 'app.kubernetes.io/name'
          """)
  void badValueIsRefusedWithItsPlaceAndWhatIsAllowed(String value, String sentence) {
    assertThat(catchThrowableOfType(AssertionError.class, () -> rendered("--set", value)))
        .hasMessageContaining(sentence);
  }

  @Test
  void valuesArriveInThePods() throws IOException {
    Manifest manifest = Manifest.of(rendered("--values", values().toString()));

    assertThat(manifest.workloads()).hasSize(3);
    for (JsonNode workload : manifest.workloads()) {
      String name = workload.at("/metadata/name").asText();
      JsonNode metadata = workload.at("/spec/template/metadata");
      JsonNode pod = workload.at("/spec/template/spec");
      assertThat(metadata.at("/annotations/example.com~1a").asText()).as(name).isEqualTo("b");
      assertThat(metadata.at("/labels/example.com~1team").asText()).as(name).isEqualTo("net");
      assertThat(pod.path("priorityClassName").asText()).as(name).isEqualTo("high");
      assertThat(pod.at("/imagePullSecrets/0/name").asText()).as(name).isEqualTo("registry");
      boolean isFleet = name.equals("pingcheck-probe");
      assertThat(pod.at("/nodeSelector/where").asText())
          .as(name)
          .isEqualTo(isFleet ? "edge" : "core");
      assertThat(pod.at("/tolerations/0/key").asText())
          .as(name)
          .isEqualTo(isFleet ? "all" : "dedicated");
      assertThat(pod.at("/affinity/nodeAffinity").isObject()).as(name).isEqualTo(!isFleet);
      for (JsonNode container : pod.path("containers")) {
        assertThat(container.path("image").asText())
            .isEqualTo("registry.example.com/pingcheck@sha256:" + "0".repeat(64));
        assertThat(environment(container))
            .containsAll(
                container.path("name").asText().equals("operator")
                    ? List.of("PINGCHECK_EVENTS_TTL=2h", "QUARKUS_LOG_LEVEL=DEBUG")
                    : List.of(
                        "PINGCHECK_PACKETS_PER_SECOND=1000000",
                        "PINGCHECK_PACKETS_PER_SECOND_PER_ADDRESS=20",
                        "JAVA_TOOL_OPTIONS=-Xlog:gc"));
        assertThat(container.at("/resources/limits/memory").asText()).isEqualTo("1Gi");
      }
    }
    JsonNode monitor = manifest.objects().get("ServiceMonitor pingcheck-system/pingcheck");
    assertThat(monitor.at("/spec/endpoints/0/interval").asText()).isEqualTo("15s");
    assertThat(monitor.at("/metadata/labels/release").asText()).isEqualTo("prometheus");
    assertThat(manifest.objects().get("Deployment pingcheck-system/pingcheck").at("/spec/replicas"))
        .hasToString("1");
  }

  @Test
  void thePageIsServedToTheClusterOnlyWhenAskedFor() {
    assertThat(rendered()).doesNotContain("8081", "PAGE");
    assertThat(rendered("--set", "page.open=true,page.prefix=/pingcheck"))
        .contains("0.0.0.0:8081", "- port: page", "targetPort: page", "value: \"/pingcheck\"");
    assertThat(rendered("--set", "page.enabled=false,page.open=true"))
        .contains("value: \"none\"")
        .doesNotContain("8081", "port: page");
  }

  @Test
  void whatIsSwitchedOffIsNotThere() {
    Manifest manifest =
        Manifest.of(
            rendered(
                "--set",
                "crds.install=false,admissionPolicy.enabled=false,networkPolicy.enabled=false,"
                    + "podDisruptionBudget.enabled=false"));

    assertThat(manifest.objects().keySet())
        .containsExactlyInAnyOrder(
            "ClusterRole -/pingcheck-edit",
            "ClusterRole -/pingcheck-operator",
            "ClusterRole -/pingcheck-view",
            "ClusterRoleBinding -/pingcheck-operator",
            "Deployment pingcheck-system/pingcheck",
            "Role pingcheck-system/pingcheck-operator",
            "RoleBinding pingcheck-system/pingcheck-operator",
            "Service pingcheck-system/pingcheck",
            "ServiceAccount pingcheck-system/pingcheck-operator");
  }

  @Test
  void linksToRunbooksLeadWhereTheValueSays() {
    String rules =
        Manifest.of(
                rendered(
                    "--set",
                    "prometheusRule.enabled=true,prometheusRule.runbooks=https://wiki.example.com/ping"))
            .objects()
            .get("PrometheusRule pingcheck-system/pingcheck")
            .toString();
    assertThat(rules)
        .contains("https://wiki.example.com/ping/PingCheckTargetDown.md")
        .doesNotContain("pingcheck.dev/docs");
  }

  private Path values() throws IOException {
    return Files.writeString(
        folder.resolve("values.yaml"),
        """
        replicas: 1
        image: {repository: registry.example.com/pingcheck, digest: 'sha256:%s'}
        imagePullSecrets: [{name: registry}]
        operator:
          eventTtl: 2h
          resources: {limits: {memory: 1Gi}}
          extraEnv: [{name: QUARKUS_LOG_LEVEL, value: DEBUG}]
        probe:
          packetsPerSecond: 1000000
          packetsPerSecondPerAddress: 20
          resources: {limits: {memory: 1Gi}}
          extraEnv: [{name: JAVA_TOOL_OPTIONS, value: '-Xlog:gc'}]
        fleet:
          enabled: true
          nodeSelector: {where: edge}
          tolerations: [{key: all, operator: Exists}]
        centralProbes: {enabled: true}
        nodeSelector: {where: core}
        tolerations: [{key: dedicated, operator: Exists}]
        affinity: {nodeAffinity: {}}
        podAnnotations: {example.com/a: b}
        podLabels: {example.com/team: net}
        priorityClassName: high
        serviceMonitor: {enabled: true, interval: 15s, labels: {release: prometheus}}
        """
            .formatted("0".repeat(64)));
  }

  private static List<String> environment(JsonNode container) {
    List<String> environment = new ArrayList<>();
    container
        .path("env")
        .forEach(variable ->
            environment.add(
                variable.path("name").asText() + "=" + variable.path("value").asText()));
    return environment;
  }

  private static String rendered(String... arguments) {
    return api.helm(
        template(
            Stream.concat(Stream.of("--namespace", "pingcheck-system"), Stream.of(arguments))
                .toArray(String[]::new)));
  }

  /** A helm that was built from its module takes an old version of Kubernetes for the default. */
  private static String[] template(String... arguments) {
    return Stream.concat(
            Stream.of("template", "pingcheck", CHART, "--kube-version", "1.36.0"),
            Stream.of(arguments))
        .toArray(String[]::new);
  }
}
