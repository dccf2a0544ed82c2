package dev.pingcheck.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pingcheck.kube.ApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The life of a release on a real API server, of its own because a release is one for a whole
 * cluster. No pod runs.
 */
class HelmReleaseIT {
  private static final Path CHART = Path.of("helm/pingcheck");
  private static final String NAMESPACE = "pingcheck-system";
  private static final String ICMP =
      "{.spec.template.spec.containers[?(@.name==\"probe\")].env[?(@.name==\"PINGCHECK_ICMP\")].value}";

  private static ApiServer api;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    api = ApiServer.open(Path.of("target/helm-api-server"));
  }

  @AfterAll
  static void end() {
    api.close();
  }

  @BeforeEach
  void install() {
    api.helm(
        "upgrade",
        "--install",
        "pingcheck",
        CHART.toString(),
        "-n",
        NAMESPACE,
        "--create-namespace");
  }

  @Test
  void releaseIsInstalledUpgradedRolledBackAndUninstalledWhileChecksStay() throws IOException {
    api.awaitCrds("crd/pingchecks.pingcheck.dev");
    api.kubectl("apply", "-f", "examples/pingcheck.yaml");
    assertThat(deployment(ICMP)).isEqualTo("raw");

    helm("upgrade", "pingcheck", CHART.toString(), "--set", "mode=restricted,fleet.enabled=true");
    assertThat(deployment(ICMP)).isEqualTo("ping");
    assertThat(names("daemonsets")).isEqualTo("pingcheck-probe");

    helm("rollback", "pingcheck");
    assertThat(deployment(ICMP)).isEqualTo("raw");
    assertThat(names("daemonsets")).isEmpty();

    helm("uninstall", "pingcheck");
    assertThat(names("deployments,services,roles,networkpolicies,poddisruptionbudgets")).isEmpty();
    assertThat(api.kubectl("get", "clusterroles,clusterrolebindings", "-o", "name").lines())
        .noneMatch(name -> name.contains("pingcheck"));
    assertThat(api.kubectl("get", "pingcheck", "pingcheck", "-o", "jsonpath={.spec.hostname}"))
        .isEqualTo("healthy.lab.test");

    install();
    assertThat(deployment(ICMP)).isEqualTo("raw");
  }

  @Test
  void upgradeBringsANewCrd() throws IOException {
    helm("upgrade", "pingcheck", olderChart().toString());
    assertThat(columns()).doesNotContain("RTT");

    helm("upgrade", "pingcheck", CHART.toString());
    assertThat(columns()).contains("RTT");
  }

  @Test
  void secondReleaseInAClusterIsRefused() {
    AssertionError refusal =
        catchThrowableOfType(
            AssertionError.class,
            () ->
                api.helm(
                    "install", "another", CHART.toString(), "-n", "another", "--create-namespace"));

    assertThat(refusal)
        .hasMessageContaining("exists and cannot be imported into the current release");
  }

  @Test
  void notesTellTheNextCommand() {
    assertThat(helm("get", "notes", "pingcheck"))
        .contains("kubectl -n pingcheck-system rollout status deployment/pingcheck");
  }

  /** This chart with a CRD that lacks the column RTT. */
  private Path olderChart() throws IOException {
    Path older = folder.resolve("pingcheck");
    try (Stream<Path> files = Files.walk(CHART)) {
      for (Path file : files.toList()) {
        Files.copy(file, older.resolve(CHART.relativize(file).toString()));
      }
    }
    Path crd = older.resolve("files/crd/pingchecks.pingcheck.dev.yaml");
    String text = Files.readString(crd);
    String without =
        text.replaceFirst(
            "    - jsonPath: \\.status\\.lastRound\\.rtt\\.avg\n      name: RTT\n(      .*\n)+",
            "");
    assertThat(without).isNotEqualTo(text);
    Files.writeString(crd, without);
    return older;
  }

  private static String columns() {
    return api.kubectl(
        "get",
        "crd",
        "pingchecks.pingcheck.dev",
        "-o",
        "jsonpath={.spec.versions[*].additionalPrinterColumns[*].name}");
  }

  private static String deployment(String path) {
    return api.kubectl("-n", NAMESPACE, "get", "deployment", "pingcheck", "-o", "jsonpath=" + path);
  }

  private static String names(String resources) {
    return api.kubectl(
        "-n", NAMESPACE, "get", resources, "-o", "jsonpath={.items[*].metadata.name}");
  }

  private static String helm(String... arguments) {
    return api.helm(
        Stream.concat(Stream.of(arguments), Stream.of("-n", NAMESPACE)).toArray(String[]::new));
  }
}
