package dev.pingcheck.once;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.kube.ApiServer;
import dev.pingcheck.kube.OwnFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an operator finds, or finds no longer, over its life. On an API server of its own. */
class LifecycleIT {
  private static final String CRD = "k8s/crd/pingchecks.pingcheck.dev.yaml";
  private static final String RIGHTS = "clusterrolebinding/pingcheck-operator";
  private static final int MANY = 1000;

  private static ApiServer api;

  private Processes processes;
  private Replica replica;
  private ScriptedProbe probe;

  @BeforeAll
  static void open() {
    api = ApiServer.open(OwnFolder.of("api-server-lifecycle"));
  }

  @AfterAll
  static void end() {
    api.close();
  }

  @BeforeEach
  void start() {
    api.installCrd();
    api.kubectl("apply", "-f", "k8s/rbac");
    processes = new Processes();
    replica =
        new Replica(
            processes,
            "operator",
            api.kubeconfig("pingcheck-system", "pingcheck-operator"),
            "--no-leader-election");
    probe = new ScriptedProbe(replica.socket());
  }

  @AfterEach
  void stop() {
    probe.close();
    replica.close();
    processes.close();
  }

  @Test
  void withoutTheCrdItWaitsAndSaysSo() {
    api.kubectl("delete", "-f", CRD);
    replica.startOperator();
    awaitNotReady("apply their CRD");
    api.installCrd();
    replica.awaitReady();
    assertThat(replica.operator().isAlive()).isTrue();
    assertThat(replica.log()).containsOnlyOnce("does not know PingChecks");
  }

  @Test
  void withoutRightsItWaitsAndSaysSo() {
    api.kubectl("delete", RIGHTS);
    replica.startOperator();
    awaitNotReady("apply its rights");
    api.kubectl("apply", "-f", "k8s/rbac");
    replica.awaitReady();
    assertThat(replica.log()).containsOnlyOnce("may not list PingChecks");
  }

  @Test
  void aCrdThatIsRemovedAndMadeAnewTakesAllChecksAlongAndBringsNewOnes() {
    replica.startOperator().awaitReady();
    try (Told told = new Told(api, api.newNamespace("removed"))) {
      told.create("before", "1h");
      await("it is planned", () -> probe.knows("before"));
      api.kubectl("delete", "-f", CRD);
      awaitNotReady("apply their CRD");
      await("nothing is pinged", () -> probe.plans() == 0);
      await("nothing is remembered", () -> remembered() == 0);

      api.installCrd();
      replica.awaitReady();
      told.create("after", "1h");
      await("it is planned", () -> probe.knows("after"));
      probe.round("after", World.State.GOOD);
      await("it is told", () -> told.check("after").getStatus().getLastRound() != null);
    }
    assertThat(replica.operator().isAlive()).isTrue();
  }

  @Test
  void rightsThatAreTakenAndGivenBackCostReadinessAndNoCheck() {
    replica.startOperator().awaitReady();
    try (Told told = new Told(api, api.newNamespace("rights"))) {
      told.create("gateway", "1h");
      await("it is planned", () -> probe.knows("gateway"));
      api.kubectl("delete", RIGHTS);
      awaitNotReady("apply its rights");
      assertThat(probe.round("gateway", World.State.LOSSY)).as("it is pinged").isPresent();
      api.kubectl("apply", "-f", "k8s/rbac");
      replica.awaitReady();
      await("the crossing is told", () -> told.count("gateway") == 1);
    }
  }

  @Test
  void aNamespaceOfManyChecksThatIsDeletedLeavesNothing() throws IOException {
    replica.startOperator().awaitReady();
    String namespace = api.newNamespace("many");
    applyMany(namespace);
    await("all are planned", () -> probe.plans() == MANY);
    IntStream.range(0, MANY).forEach(i -> probe.round(World.check(i), World.State.GOOD));
    await(
        "all are told",
        () ->
            replica
                    .http("/q/metrics")
                    .lines()
                    .filter(l -> l.startsWith("pingcheck_rounds_total") && l.endsWith(" 1.0"))
                    .count()
                == MANY);
    int threads = metric("jvm_threads_live_threads");
    assertThat(threads).isPositive();

    api.kubectl("delete", "namespace", namespace, "--wait=false");
    await("no plan is left", () -> probe.plans() == 0 && metric("pingcheck_checks_planned") == 0);
    await("nothing is remembered", () -> remembered() == 0);
    assertThat(replica.http("/q/metrics")).doesNotContain("namespace=\"" + namespace + "\"");
    // Pools breathe by a thread or two; what is to be seen is one that stays for each check.
    assertThat(metric("jvm_threads_live_threads")).isLessThan(threads + MANY / 10);
    await(
        "the namespace is gone", () -> api.admin().namespaces().withName(namespace).get() == null);
    assertThat(api.admin().resources(PingCheck.class).inAnyNamespace().list().getItems()).isEmpty();
  }

  @Test
  void aSpecAndAStatusOfAnotherVersionAreRead() throws IOException {
    String namespace = api.newNamespace("version");
    api.kubectl(
        "patch",
        "crd/pingchecks.pingcheck.dev",
        "--type=json",
        "-p",
        """
        [{"op": "add", "path": "/spec/versions/0/schema/openAPIV3Schema/properties/spec/x-kubernetes-preserve-unknown-fields", "value": true},
         {"op": "add", "path": "/spec/versions/0/schema/openAPIV3Schema/properties/status/x-kubernetes-preserve-unknown-fields", "value": true}]
        """);
    apply(
        """
        apiVersion: pingcheck.dev/v1alpha1
        kind: PingCheck
        metadata: {name: foreign, namespace: %s}
        spec: {hostname: 192.0.2.1, period: 1h, fromALaterVersion: {deep: [1, 2]}}
        """
            .formatted(namespace));
    api.kubectl(
        "patch",
        "pingcheck/foreign",
        "-n",
        namespace,
        "--subresource=status",
        "--type=merge",
        "-p",
        """
        {"status": {"ofALaterVersion": {"deep": [1]}, "lastRound": {"id": "no such form", "later": 1},
                    "outages": [{"start": "2026-03-01T12:00:00Z", "reason": "OfALaterVersion"}]}}
        """);
    replica.startOperator().awaitReady();
    await("it is planned", () -> probe.knows("foreign"));
    probe.round("foreign", World.State.GOOD);
    await(
        "it is told",
        () -> {
          PingCheck now =
              api.admin()
                  .resources(PingCheck.class)
                  .inNamespace(namespace)
                  .withName("foreign")
                  .get();
          return now.getStatus().getConditions().stream()
              .anyMatch(c -> c.getType().equals("Healthy") && c.getStatus().equals("True"));
        });
    api.kubectl("delete", "namespace", namespace, "--wait=false");
  }

  private void applyMany(String namespace) throws IOException {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < MANY; i++) {
      all.append(
          """
          ---
          apiVersion: pingcheck.dev/v1alpha1
          kind: PingCheck
          metadata: {name: %s, namespace: %s}
          spec: {hostname: 192.0.2.1, period: 1h}
          """
              .formatted(World.check(i), namespace));
    }
    apply(all.toString());
  }

  private static void apply(String yaml) throws IOException {
    Path file = Files.writeString(Files.createTempFile("checks", ".yaml"), yaml);
    try {
      api.kubectl("create", "-f", file.toString());
    } finally {
      Files.delete(file);
    }
  }

  private int remembered() {
    return metric("pingcheck_checks_remembered");
  }

  private int metric(String name) {
    return replica
        .http("/q/metrics")
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToInt(line -> (int) Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElse(-1);
  }

  private void awaitNotReady(String sentence) {
    await(
        "not ready: " + sentence,
        () -> {
          String health = replica.http("/q/health/ready");
          return health.startsWith("503") && health.contains(sentence);
        });
  }

  private static void await(String what, Callable<Boolean> condition) {
    Awaitility.await(what).atMost(90, TimeUnit.SECONDS).until(condition);
  }
}
