package dev.pingcheck.crd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pingcheck.crd.Specs.Bad;
import dev.pingcheck.kube.ApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PingCheckCrdIT {
  @RegisterExtension static final ApiServer api = new ApiServer();

  private static String namespace;

  @BeforeAll
  static void install() {
    api.installCrd();
    namespace = api.newNamespace("crd");
  }

  static Stream<Bad> badSpecs() {
    return Stream.of(Specs.AGAINST_A_RULE, Specs.AGAINST_A_BOUND, Specs.OF_ANOTHER_SHAPE)
        .flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("badSpecs")
  void badSpecIsRefusedWithOneSentence(Bad bad) {
    KubernetesClientException refusal =
        catchThrowableOfType(KubernetesClientException.class, () -> dryRun(check(bad.yaml())));

    assertThat(refusal).as("refusal of %s", bad.yaml()).isNotNull();
    List<StatusCause> causes =
        refusal.getStatus().getDetails().getCauses().stream()
            .filter(cause -> !cause.getField().equals("<nil>")) // "some rules were not checked"
            .toList();
    assertThat(causes)
        .singleElement()
        .satisfies(cause -> {
          assertThat(cause.getField()).isEqualTo(bad.field());
          assertThat(cause.getMessage()).endsWith(bad.sentence());
        });
  }

  static List<String> goodSpecs() {
    return Specs.GOOD;
  }

  @ParameterizedTest
  @MethodSource("goodSpecs")
  void goodSpecIsAccepted(String yaml) {
    assertThat(dryRun(check(yaml)).getMetadata().getUid()).isNotEmpty();
  }

  @Test
  void unknownFieldIsRefusedByName() {
    assertThat(
            catchThrowableOfType(
                AssertionError.class,
                () ->
                    kubectlApply(
                        "{apiVersion: pingcheck.dev/v1alpha1, kind: PingCheck, metadata: {name: x},"
                            + " spec: {hostname: a, hostnames: b}}")))
        .hasMessageContaining("unknown field \"spec.hostnames\"");
  }

  @Test
  void checkWithoutSpecIsRefused() {
    GenericKubernetesResource check = check("{hostname: a}");
    check.setAdditionalProperties(Map.of());

    assertThat(catchThrowableOfType(KubernetesClientException.class, () -> dryRun(check)))
        .hasMessageContaining("spec: Required value");
  }

  @Test
  void absentFieldsHaveTheDefaultsOfTheReference() {
    assertThat(dryRun(check("{hostname: a}")).<Object>get("spec"))
        .isEqualTo(
            Serialization.unmarshal(
                """
                hostname: a
                count: 4
                interval: 1s
                timeout: 2s
                ipFamily: Any
                addresses: First
                payloadSize: 56
                ttl: 64
                dscp: 0
                dontFragment: false
                thresholds: {lossPercent: 20, failureThreshold: 1, successThreshold: 1}
                suspend: false
                capture: Never
                """,
                Map.class));
  }

  @Test
  void everyFieldOfTheSchemaHasADescription() {
    JSONSchemaProps root =
        api.admin()
            .apiextensions()
            .v1()
            .customResourceDefinitions()
            .withName("pingchecks.pingcheck.dev")
            .get()
            .getSpec()
            .getVersions()
            .getFirst()
            .getSchema()
            .getOpenAPIV3Schema();

    assertThat(fields("", root).filter(field -> field.description().isBlank())).isEmpty();
    assertThat(fields("", root).count()).isGreaterThan(70);
  }

  @Test
  void kubectlExplainsEveryField() {
    // What there is to explain is published a moment after the CRD.
    Awaitility.await().untilAsserted(() -> api.kubectl("explain", "pingcheck"));
    for (String part :
        List.of("", ".spec", ".spec.thresholds", ".spec.from", ".status", ".status.lastRound")) {
      assertThat(api.kubectl("explain", "pingcheck" + part))
          .contains("DESCRIPTION:")
          .doesNotContain("<no description>");
    }
    assertThat(api.kubectl("explain", "pingcheck.spec.timeout"))
        .contains("How long each echo request waits for its own reply: 10ms to 1m");
  }

  @Test
  void shortNameIsPingAndCategoryAllIsNotTaken() {
    assertThat(api.kubectl("api-resources", "--api-group=pingcheck.dev", "-o", "wide"))
        .containsPattern("pingchecks +ping +pingcheck.dev/v1alpha1 +true +PingCheck ");
    assertThat(api.kubectl("api-resources", "--categories=all", "-o", "name"))
        .doesNotContain("pingchecks");
  }

  private record Field(String path, String description) {}

  private static Stream<Field> fields(String path, JSONSchemaProps schema) {
    JSONSchemaProps inner = schema.getItems() == null ? schema : schema.getItems().getSchema();
    Map<String, JSONSchemaProps> properties =
        inner.getProperties() == null ? Map.of() : inner.getProperties();
    return properties.entrySet().stream()
        .flatMap(entry -> {
          String description = entry.getValue().getDescription();
          return Stream.concat(
              Stream.of(
                  new Field(path + "." + entry.getKey(), description == null ? "" : description)),
              fields(path + "." + entry.getKey(), entry.getValue()));
        });
  }

  private static void kubectlApply(String yaml) throws IOException {
    Path file = Files.createTempFile("check", ".yaml");
    try {
      Files.writeString(file, yaml);
      api.kubectl("create", "-n", namespace, "--dry-run=server", "-f", file.toString());
    } finally {
      Files.delete(file);
    }
  }

  private static GenericKubernetesResource check(String spec) {
    return new GenericKubernetesResourceBuilder()
        .withApiVersion("pingcheck.dev/v1alpha1")
        .withKind("PingCheck")
        .withNewMetadata()
        .withGenerateName("check-")
        .withNamespace(namespace)
        .endMetadata()
        .addToAdditionalProperties("spec", Specs.read(spec, Map.class))
        .build();
  }

  private static GenericKubernetesResource dryRun(GenericKubernetesResource check) {
    return api.admin().resource(check).dryRun().create();
  }
}
