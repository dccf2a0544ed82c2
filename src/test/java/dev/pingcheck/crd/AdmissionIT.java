package dev.pingcheck.crd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pingcheck.kube.ApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code kubectl apply} itself refuses, on a real API server. */
class AdmissionIT {
  @RegisterExtension static final ApiServer api = new ApiServer();

  private static final String POLICIES =
      """
      apiVersion: pingcheck.dev/v1alpha1
      kind: PingPolicy
      metadata: {name: admission-shop}
      spec:
        namespaceSelector:
          matchLabels: {admission-team: shop}
          matchExpressions:
            - {key: admission-tier, operator: In, values: [web, db]}
            - {key: admission-tier, operator: NotIn, values: [db]}
            - {key: admission-free, operator: DoesNotExist}
            - {key: admission-team, operator: Exists}
        deny: [10.0.0.0/8, '2001:db8:bad::/48']
        limits: {count: 10, payloadSize: 100, shortestInterval: 200ms, shortestPeriod: 40s}
      ---
      apiVersion: pingcheck.dev/v1alpha1
      kind: PingPolicy
      metadata: {name: admission-shop-too}
      spec:
        namespaceSelector: {matchLabels: {admission-team: shop}}
        deny: [192.0.2.128/25]
      """;

  private static Path policies;
  private static String plain;
  private static String shop;

  @BeforeAll
  static void install() throws IOException {
    api.installCrd();
    plain = api.newNamespace("admission");
    shop = namespace("admission-team=shop", "admission-tier=web");
    policies = Files.writeString(Files.createTempFile("policies", ".yaml"), POLICIES);
    api.kubectl("apply", "-f", policies.toString());
    api.kubectl("apply", "-f", "k8s/admission");
    awaitRefused(plain, "{hostname: 127.0.0.1}");
    awaitRefused(shop, "{hostname: 10.0.0.1, period: 40s}");
    awaitRefused(shop, "{hostname: 192.0.2.200, period: 40s}");
    Awaitility.await("what is allowed is accepted")
        .atMost(60, TimeUnit.SECONDS)
        .until(() ->
            isAccepted(plain, "{hostname: 10.0.0.1}")
                && isAccepted(shop, "{hostname: 192.0.2.1, period: 40s}"));
  }

  /** Other test classes share the API server. */
  @AfterAll
  static void remove() throws IOException {
    api.kubectl("delete", "-f", "k8s/admission");
    api.kubectl("delete", "-f", policies.toString());
    Files.delete(policies);
    Awaitility.await("the rules are gone")
        .atMost(60, TimeUnit.SECONDS)
        .until(() -> isAccepted(plain, "{hostname: 127.0.0.1}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "127.0.0.1",
        "169.254.169.254",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "ff02::1",
        "64:ff9b::169.254.169.254",
        "64:ff9b::7f00:1",
        "64:ff9b::e000:1",
        "2002:a9fe:a9fe::1",
        "2002:7f00:1::1"
      })
  void specialAddressIsRefusedInEveryNamespace(String address) {
    assertThat(refusal(plain, "{hostname: '" + address + "'}"))
        .contains(
            "spec.hostname: "
                + address
                + " is loopback, link-local, multicast, broadcast, unspecified or reserved: write a"
                + " host that may be pinged, or have a PingPolicy allow it by name and the"
                + " namespace labelled pingcheck.dev/special-networks=allowed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gw.example.com",
        "localhost",
        "10.0.0.1",
        "198.51.100.10",
        "2001:db8::1",
        "64:ff9b::198.51.100.10",
        "2002:c633:640a::1"
      })
  void everyOtherHostIsAccepted(String hostname) {
    assertThat(isAccepted(plain, "{hostname: '" + hostname + "'}")).isTrue();
  }

  @Test
  void namespaceThatIsLabelledMayNameSpecialAddresses() {
    String lab = namespace("pingcheck.dev/special-networks=allowed");
    assertThat(isAccepted(lab, "{hostname: 127.0.0.1}")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {hostname: 10.1.2.3, period: 40s}               | spec.hostname: PingPolicy admission-shop denies 10.1.2.3: write a host that may be pinged
          {hostname: '2001:db8:bad::1', period: 40s}      | spec.hostname: PingPolicy admission-shop denies 2001:db8:bad::1
          {hostname: 192.0.2.200, period: 40s}            | spec.hostname: PingPolicy admission-shop-too denies 192.0.2.200
          {hostname: a, period: 40s, count: 11}           | spec.count: write at most 10, which PingPolicy admission-shop grants
          {hostname: a, period: 40s, payloadSize: 101}    | spec.payloadSize: write at most 100, which PingPolicy admission-shop grants
          {hostname: a, period: 40s, interval: 199ms}     | spec.interval: write at least 200ms, which PingPolicy admission-shop grants
          {hostname: a, period: 39s}                      | spec.period: write at least 40s, which PingPolicy admission-shop grants
          {hostname: a}                                   | spec.period: write at least 40s, which PingPolicy admission-shop grants
          """)
  void whatAPolicyForbidsIsRefusedWithItsName(String spec, String sentence) {
    assertThat(refusal(shop, spec)).contains(sentence);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{hostname: 192.0.2.1, period: 40s}",
        "{hostname: 11.0.0.1, period: 40s, count: 10, payloadSize: 100, interval: 200ms}",
        "{hostname: 'ffff::1', period: 40s, suspend: true}",
        "{hostname: a, count: 4, interval: 10s}",
        "{hostname: 10.1.2.3, suspend: true}"
      })
  void whatAPolicyGrantsIsAccepted(String spec) {
    assertThat(isAccepted(shop, spec)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "admission-team=bank,admission-tier=web",
        "admission-tier=web",
        "admission-team=shop,admission-tier=db",
        "admission-team=shop",
        "admission-team=shop,admission-tier=web,admission-free=yes"
      })
  void policyConcernsOnlyTheNamespacesThatItSelects(String labels) {
    assertThat(isAccepted(namespace(labels.split(",")), "{hostname: 10.1.2.3}")).isTrue();
  }

  @Test
  void checkFromBeforeThePolicyCanBeLabelledAndSuspendedButNotAskAnew() {
    String namespace = namespace("admission-tier=web");
    GenericKubernetesResource before =
        api.admin().resource(check(namespace, "{hostname: 10.1.2.3, period: 40s}")).create();
    String name = before.getMetadata().getName();
    api.kubectl("label", "namespace", namespace, "admission-team=shop");
    awaitRefused(namespace, "{hostname: 10.1.2.3, period: 40s}");
    assertThatCode(() -> api.kubectl("label", "pingcheck", name, "-n", namespace, "a=b"))
        .doesNotThrowAnyException();
    assertThat(
            catchThrowableOfType(
                AssertionError.class, () -> patch(namespace, name, "{\"spec\":{\"count\":3}}")))
        .hasMessageContaining("PingPolicy admission-shop denies 10.1.2.3");
    assertThatCode(() -> patch(namespace, name, "{\"spec\":{\"suspend\":true}}"))
        .doesNotThrowAnyException();
    assertThat(
            catchThrowableOfType(
                AssertionError.class,
                () -> patch(namespace, name, "{\"spec\":{\"suspend\":false}}")))
        .hasMessageContaining("PingPolicy admission-shop denies 10.1.2.3");
    api.kubectl("delete", "pingcheck", name, "-n", namespace);
  }

  private static void patch(String namespace, String name, String patch) {
    api.kubectl("patch", "pingcheck", name, "-n", namespace, "--type=merge", "-p", patch);
  }

  private static String namespace(String... labels) {
    // With its labels from the start, as admission reads a namespace from a cache.
    Map<String, String> all =
        Stream.of(labels)
            .map(label -> label.split("=", 2))
            .collect(Collectors.toMap(label -> label[0], label -> label[1]));
    return api.admin()
        .namespaces()
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withGenerateName("admission-")
                .withLabels(all)
                .endMetadata()
                .build())
        .create()
        .getMetadata()
        .getName();
  }

  /** A rule takes effect a moment after it was applied. */
  private static void awaitRefused(String namespace, String spec) {
    Awaitility.await("refusal of " + spec)
        .atMost(60, TimeUnit.SECONDS)
        .until(() -> !isAccepted(namespace, spec));
  }

  private static boolean isAccepted(String namespace, String spec) {
    try {
      api.admin().resource(check(namespace, spec)).dryRun().create();
      return true;
    } catch (KubernetesClientException refused) {
      if (refused.getMessage().contains("ValidatingAdmissionPolicy")) {
        return false;
      }
      throw refused;
    }
  }

  private static String refusal(String namespace, String spec) {
    KubernetesClientException refusal =
        catchThrowableOfType(
            KubernetesClientException.class,
            () -> api.admin().resource(check(namespace, spec)).dryRun().create());
    assertThat(refusal).as("refusal of %s", spec).isNotNull();
    return refusal.getStatus().getMessage();
  }

  private static GenericKubernetesResource check(String namespace, String spec) {
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
}
