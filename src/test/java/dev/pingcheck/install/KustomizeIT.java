package dev.pingcheck.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pingcheck.kube.ApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each overlay on a real API server, whose Pod Security admission judges the pods. It has a server
 * of its own, because an installation is one for a whole cluster.
 */
class KustomizeIT {
  private static ApiServer api;

  @TempDir Path folder;

  private static final String EVERYTHING = Overlays.EVERYTHING.toString();

  @BeforeAll
  static void start() throws IOException {
    Overlays.writeEverything();
    api = ApiServer.open(Path.of("target/kustomize-api-server"));
  }

  @AfterAll
  static void end() {
    api.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"k8s/overlays/restricted", "k8s/overlays/net-raw", "k8s/overlays/fleet"})
  void overlayIsAcceptedAndItsPodsAreAdmitted(String overlay) throws IOException {
    apply(overlay);

    List<JsonNode> workloads = Manifest.of(api.kubectl("kustomize", overlay)).workloads();
    assertThat(workloads).isNotEmpty();
    for (JsonNode workload : workloads) {
      assertThatCode(() -> create(Manifest.pod(workload))).doesNotThrowAnyException();
    }
  }

  @Test
  void secondApplyChangesNothing() {
    apply(EVERYTHING);

    assertThatCode(() -> api.kubectl("diff", "--server-side", "-k", EVERYTHING))
        .doesNotThrowAnyException();
  }

  @Test
  void restrictedNamespaceRefusesAPodThatAsksForMore() throws IOException {
    apply("k8s/overlays/restricted");
    Manifest manifest = Manifest.of(api.kubectl("kustomize", "k8s/overlays/restricted"));
    ObjectNode pod = Manifest.pod(manifest.workloads().getFirst());
    capabilities(container(pod, "probe")).putArray("add").add("NET_RAW");

    assertThat(violations(pod))
        .containsExactly(
            "unrestricted capabilities (container \"probe\" must not include \"NET_RAW\" in"
                + " securityContext.capabilities.add)");
  }

  @Test
  void netRawIsAllThatKeepsRawProbesFromTheLevelBaseline() throws IOException {
    apply(EVERYTHING);
    hold("baseline");

    for (JsonNode workload : Manifest.of(api.kubectl("kustomize", EVERYTHING)).workloads()) {
      awaitLevel(() ->
          assertThat(violations(Manifest.pod(workload)))
              .containsExactly(
                  "non-default capabilities (container \"probe\" must not include \"NET_RAW\" in"
                      + " securityContext.capabilities.add)"));
    }
  }

  @Test
  void netRawAndRootAreAllThatKeepRawProbesFromTheLevelRestricted() throws IOException {
    apply(EVERYTHING);
    hold("restricted");

    for (JsonNode workload : Manifest.of(api.kubectl("kustomize", EVERYTHING)).workloads()) {
      awaitLevel(() ->
          assertThat(violations(Manifest.pod(workload)))
              .containsExactlyInAnyOrder(
                  "unrestricted capabilities (container \"probe\" must not include \"NET_RAW\" in"
                      + " securityContext.capabilities.add)",
                  "runAsNonRoot != true (container \"probe\" must not set"
                      + " securityContext.runAsNonRoot=false)",
                  "runAsUser=0 (container \"probe\" must not set runAsUser=0)"));
    }
  }

  @Test
  void accountsMayDoWhatTheirTableSaysAndNothingElse() throws IOException {
    apply(EVERYTHING);
    api.kubectl("create", "serviceaccount", "bare", "-n", "default");
    KubernetesClient operator = api.as("pingcheck-system", "pingcheck-operator");
    KubernetesClient probe = api.as("pingcheck-system", "pingcheck-probe");
    KubernetesClient bare = api.as("default", "bare");

    for (String namespace : List.of("default", "kube-system", "pingcheck-system")) {
      Set<String> everybodys = Rights.of(bare, namespace);
      Set<String> expected = new TreeSet<>(RightsTable.rows("everywhere"));
      if (namespace.equals("pingcheck-system")) {
        expected.addAll(RightsTable.rows("its namespace"));
      }
      assertThat(Rights.beyond(Rights.of(operator, namespace), everybodys)).isEqualTo(expected);
      assertThat(Rights.beyond(Rights.of(probe, namespace), everybodys)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"k8s/overlays/restricted", "k8s/overlays/net-raw"})
  void operatorThatNoProbeDialsHasNoRightOfTheLink(String overlay) throws IOException {
    List<String> granted =
        Manifest.of(api.kubectl("kustomize", overlay)).objects().values().stream()
            .filter(object -> object.path("kind").asText().matches("(Cluster)?Role"))
            .flatMap(role -> role.findValues("resources").stream())
            .flatMap(resources -> StreamSupport.stream(resources.spliterator(), false))
            .map(JsonNode::asText)
            .toList();

    assertThat(granted)
        .contains("leases", "pingchecks/status")
        .doesNotContain("tokenreviews", "secrets", "configmaps", "pods");
  }

  @Test
  void onlyTheOperatorsContainerIsGivenATokenOfTheApiServer() {
    for (JsonNode workload : Manifest.of(api.kubectl("kustomize", EVERYTHING)).workloads()) {
      JsonNode pod = workload.at("/spec/template/spec");
      assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
      for (JsonNode container : pod.path("containers")) {
        assertThat(container.path("volumeMounts").findValuesAsText("mountPath"))
            .as("what %s mounts", container.path("name"))
            .filteredOn(path -> path.startsWith("/var/run/secrets/kubernetes.io"))
            .hasSize(container.path("name").asText().equals("operator") ? 1 : 0);
      }
    }
  }

  private String apply(String folder) {
    return api.kubectl(
        "apply", "--server-side", "--force-conflicts", "--validate=strict", "-k", folder);
  }

  /** Asks whether a pod would be admitted; none is made. */
  private void create(JsonNode pod) throws IOException {
    Path file = Files.writeString(folder.resolve("pod.json"), pod.toString());
    api.kubectl("create", "--dry-run=server", "--validate=strict", "-f", file.toString());
  }

  /** What the refusal of a pod names. */
  private List<String> violations(JsonNode pod) {
    AssertionError refused = catchThrowableOfType(AssertionError.class, () -> create(pod));
    assertThat(refused).as("refusal").isNotNull();
    String refusal = refused.getMessage();
    assertThat(refusal).contains("violates PodSecurity");
    String list = refusal.substring(refusal.indexOf(":latest\": ") + ":latest\": ".length());
    return List.of(list.split("(?<=\\)), "));
  }

  /** Holds the namespace to another level than it claims, until an overlay is applied again. */
  private static void hold(String level) {
    api.kubectl(
        "label",
        "--overwrite",
        "namespace",
        "pingcheck-system",
        "pod-security.kubernetes.io/enforce=" + level);
  }

  /** Admission reads the level of a namespace from a cache. */
  private static void awaitLevel(ThrowingRunnable assertion) {
    Awaitility.await("the level holds").untilAsserted(assertion);
  }

  private static ObjectNode container(ObjectNode pod, String name) {
    for (JsonNode container : pod.at("/spec/containers")) {
      if (container.path("name").asText().equals(name)) {
        return (ObjectNode) container;
      }
    }
    throw new AssertionError("there is no container " + name);
  }

  private static ObjectNode capabilities(ObjectNode container) {
    return (ObjectNode) container.at("/securityContext/capabilities");
  }
}
