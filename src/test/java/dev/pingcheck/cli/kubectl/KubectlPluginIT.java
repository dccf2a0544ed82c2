package dev.pingcheck.cli.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pingcheck.crd.OneOffMark;
import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.crd.PingCheckSpec;
import dev.pingcheck.kube.ApiServer;
import dev.pingcheck.kube.Script;
import dev.pingcheck.lab.Lab;
import dev.pingcheck.pipeline.Pipeline;
import dev.pingcheck.plan.Expiry;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The plugin as a user has it: with a role of its own in one namespace, before a real API server,
 * operator, probe and network.
 */
class KubectlPluginIT {
  @RegisterExtension static final ApiServer api = new ApiServer();

  private static final int PATIENCE_SECONDS = 120;

  private static Lab lab;
  private static Pipeline pipeline;
  private static Path editor;
  private static Path viewer;
  private static Path nobody;

  @BeforeAll
  static void start() throws IOException {
    lab = Lab.builder().hosts("well", "dead", "lossy").name("well.lab.test", "well").open();
    lab.host("dead").dropAll();
    lab.host("lossy").dropOneIn(4);
    pipeline = new Pipeline(api, lab).withLogFormat("json").start();
    editor = account("editor", "pingcheck-view", "pingcheck-edit");
    viewer = account("viewer", "pingcheck-view", "system:aggregate-to-view");
    nobody = account("nobody");
    pipeline.apply("b-well", lab.host("well").address4());
    pipeline.apply("c-dead", lab.host("dead").address4());
    pipeline.apply("a-lossy", lab.host("lossy").address4());
    pipeline.apply("d-unresolved", "nobody.lab.test");
    pipeline.apply("e-forbidden", "127.0.0.1");
    pipeline.apply("f-suspended", lab.host("well").address4(), "suspend: true");
    pipeline.awaitCondition("b-well", "Healthy", "True");
    pipeline.awaitCondition("c-dead", "Healthy", "False");
    pipeline.awaitCondition("a-lossy", "Healthy", "False");
    pipeline.awaitCondition("d-unresolved", "Healthy", "False");
    pipeline.awaitCondition("e-forbidden", "Accepted", "False");
    pipeline.awaitCondition("f-suspended", "Accepted", "True");
  }

  @AfterAll
  static void stop() {
    try {
      pipeline.close();
    } finally {
      lab.close();
    }
  }

  private static Path account(String name, String... roles) {
    String namespace = pipeline.namespace();
    api.kubectl("create", "serviceaccount", name, "-n", namespace);
    for (String role : roles) {
      api.kubectl(
          "create",
          "rolebinding",
          name + "-" + role.replace(':', '-'),
          "-n",
          namespace,
          "--clusterrole=" + role,
          "--serviceaccount=" + namespace + ":" + name);
    }
    return api.kubeconfig(namespace, name);
  }

  /** A run catches signals, so it is a process of its own. */
  private static Script.Result run(Path account, String... arguments) {
    return PluginProcess.run(account, with(arguments, "run", "-n", pipeline.namespace()));
  }

  /** What catches no signals needs no process. */
  private static Script.Result as(Path account, String command, String... arguments) {
    String[] all =
        with(arguments, command, "-n", pipeline.namespace(), "--kubeconfig", account.toString());
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    try {
      int exitCode =
          KubectlPingcheck.commandLine()
              .setOut(new PrintWriter(out))
              .setErr(new PrintWriter(err))
              .execute(all);
      return new Script.Result(exitCode, out.toString(), err.toString());
    } finally {
      System.clearProperty("kubeconfig");
    }
  }

  private static String[] with(String[] arguments, String... first) {
    return Stream.concat(Stream.of(first), Stream.of(arguments)).toArray(String[]::new);
  }

  /** The one-off checks of a host that are there. */
  private static List<String> oneOffs(String host) {
    KubernetesClient admin = api.admin();
    return admin
        .resources(PingCheck.class)
        .inNamespace(pipeline.namespace())
        .withLabel(OneOffMark.LABEL)
        .list()
        .getItems()
        .stream()
        .filter(check -> check.getSpec().getHostname().equals(host))
        .map(check -> check.getMetadata().getName())
        .toList();
  }

  @Test
  void runPrintsALineAnEchoAndLeavesNothingBehind() {
    String host = lab.host("well").address6();
    Script.Result run = run(editor, host, "-c", "2");

    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines())
        .first()
        .asString()
        .startsWith("PING " + host + " from the cluster, 56 bytes of payload, as PingCheck ");
    assertThat(run.out())
        .containsPattern("64 bytes from " + host + ": seq=[0-9]+ ttl=64 time=[0-9.]+ ms")
        .containsPattern("[12] packets transmitted, [12] received, 0% packet loss, time [0-9]+ms")
        .containsPattern("rtt min/avg/max/mdev = [0-9.]+/[0-9.]+/[0-9.]+/[0-9.]+ ms");
    assertThat(run.exitCode()).isZero();
    assertThat(oneOffs(host)).isEmpty();
  }

  @Test
  void runOfASilentHostEndsWithOne() {
    String host = lab.host("dead").address6();
    Script.Result run = run(editor, host, "-c", "1", "-W", "0.3");

    assertThat(run.out())
        .contains("no reply from " + host + ": seq=1 Timeout")
        .contains("1 packets transmitted, 0 received, 100% packet loss");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(oneOffs(host)).isEmpty();
  }

  @Test
  void runThatAPolicyRefusesSaysSoAndEndsWithTwo() {
    Script.Result run = run(editor, "127.0.0.2", "-c", "1");

    assertThat(run.err())
        .startsWith("kubectl-pingcheck run: ")
        .contains("127.0.0.2")
        .hasLineCount(1);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(oneOffs("127.0.0.2")).isEmpty();
  }

  @Test
  void runThatIsInterruptedDeletesItsCheckAndSumsUp() {
    String host = "well.lab.test";
    PluginProcess endless =
        PluginProcess.start(editor, "run", host, "-4", "-n", pipeline.namespace());
    Awaitility.await("a line of a reply")
        .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .until(() -> endless.out().contains("64 bytes from " + lab.host("well").address4()));
    assertThat(oneOffs(host)).hasSize(1);

    Script.Result end = endless.end("INT");

    assertThat(end.out()).contains("--- " + host + " ping statistics ---");
    assertThat(end.exitCode()).isZero();
    assertThat(oneOffs(host)).isEmpty();
  }

  @Test
  void runRemovesWhatAKilledOneHasLeftAndNothingElse() {
    String host = "198.51.100.77";
    leave("run-killed", host, true, Instant.now().minusSeconds(60));
    leave("run-living", host, true, Instant.now().plusSeconds(600));

    // Sent nowhere: the lab has no route there.
    Script.Result run = run(editor, "198.51.100.78", "-c", "1", "-W", "0.1");

    assertThat(run.out()).contains("Removed run-killed, which a killed run had left.");
    assertThat(oneOffs(host)).containsExactly("run-living");
  }

  @Test
  void operatorEndsWhatAKilledRunHasLeft() {
    String host = lab.host("well").address4();
    leave("run-ending", host, false, Instant.now().minus(Expiry.GRACE).plusSeconds(10));
    pipeline.awaitCondition("run-ending", "Healthy", "True");
    PingCheck ended = pipeline.awaitCondition("run-ending", "Accepted", "False");
    assertThat(ended.getStatus().condition("Accepted").orElseThrow().getReason())
        .isEqualTo("Expired");
    assertThat(as(viewer, "why", "run-ending").out())
        .contains("this time has passed", "Delete the check.");
    assertThat(run(editor, "198.51.100.78", "-c", "1", "-W", "0.1").out())
        .contains("Removed run-ending, which a killed run had left.");
  }

  private static void leave(String name, String host, boolean suspend, Instant expiry) {
    PingCheck check = new PingCheck();
    check.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(pipeline.namespace())
            .withName(name)
            .addToLabels(OneOffMark.LABEL, "true")
            .addToAnnotations(OneOffMark.EXPIRES, expiry.toString())
            .build());
    PingCheckSpec spec = new PingCheckSpec();
    spec.setHostname(host);
    spec.setSuspend(suspend);
    spec.setPeriod("1s");
    spec.setCount(1);
    check.setSpec(spec);
    check.setStatus(null);
    api.admin().resource(check).create();
  }

  @Test
  void topListsTheWorstFirst() {
    Script.Result top = as(viewer, "top", "--once");

    List<String> names =
        top.out().lines().map(line -> line.split(" ", 2)[0]).filter(n -> n.contains("-")).toList();
    assertThat(names)
        .filteredOn(name -> !name.startsWith("run-"))
        .startsWith("c-dead", "a-lossy", "d-unresolved")
        .endsWith("b-well", "f-suspended");
    assertThat(top.out().lines().filter(line -> line.startsWith("c-dead")))
        .singleElement()
        .asString()
        .matches("c-dead +False +LossThresholdExceeded +100% +- +.*");
    assertThat(top.exitCode()).isZero();
  }

  @Test
  void whyTellsWhatIsWrongAndWhatItTakes() {
    // Its event follows the status.
    Awaitility.await()
        .until(
            () -> as(viewer, "why", "a-lossy").out().contains("Warning LossThresholdExceeded: "));
    assertThat(as(viewer, "why", "a-lossy").out())
        .contains("Healthy is False since ")
        .contains("It takes 1 good round to be healthy again (0 of 1 so far).")
        .contains("A good round has an address, loses less than 20 %.")
        .contains("loss  25 %: too much, less than 20 % is needed")
        .contains("LossThresholdExceeded since ")
        .contains("Warning LossThresholdExceeded: 1 of 4 echo requests to ")
        .contains("You cannot see it: ")
        .contains("A few percent: look for a full or faulty link on the way.");
    assertThat(as(viewer, "why", "d-unresolved").out())
        .contains("ResolutionFailed: The hostname has no address, so there is nothing to ping.")
        .contains("There is no DNS name nobody.lab.test (NXDOMAIN).");
  }

  @Test
  void whyTellsWhyNothingIsSent() {
    assertThat(as(api.kubeconfig(), "why", "e-forbidden").out())
        .contains("Nothing is sent before its spec, or the policy, is another.")
        .contains("It refuses this check: spec.hostname: 127.0.0.1 is in 127.0.0.0/8 (loopback)");
    assertThat(as(viewer, "why", "f-suspended").out())
        .contains("It is suspended: once spec.suspend is false, it takes 1 good round.")
        .contains("Set spec.suspend to false to go on.");
  }

  @Test
  void logHasOneLineATransitionAndNoneARound() throws IOException {
    String uid = uid("c-dead");
    Awaitility.await("the dead host's bad rounds go on")
        .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .until(() -> failures("c-dead") > 2);

    List<JsonNode> lines = new ArrayList<>();
    for (String line : (pipeline.log("operator") + pipeline.log("probe")).lines().toList()) {
      lines.add(new ObjectMapper().readTree(line)); // every line is JSON, those of Quarkus too
    }

    assertThat(lines)
        .extracting(l -> l.path("message").asText())
        .anyMatch(m -> m.contains("Leading"));
    assertThat(lines)
        .filteredOn(line -> line.path("uid").asText().equals(uid))
        .singleElement()
        .satisfies(line -> {
          assertThat(line.path("level").asText()).isEqualTo("INFO");
          assertThat(line.path("namespace").asText()).isEqualTo(pipeline.namespace());
          assertThat(line.path("name").asText()).isEqualTo("c-dead");
          assertThat(line.path("condition").asText()).isEqualTo("Healthy");
          assertThat(line.path("from").asText()).isEqualTo("Unknown");
          assertThat(line.path("to").asText()).isEqualTo("False");
          assertThat(line.path("reason").asText()).isEqualTo("LossThresholdExceeded");
          assertThat(line.path("round").asText()).matches("[0-9a-f]+-[0-9]+");
          assertThat(line.path("also").asText()).isEqualTo("Reachable False");
        });
    assertThat(lines)
        .as("a check that is well says nothing, however many rounds it has")
        .noneMatch(line -> line.path("uid").asText().equals(uid("b-well")));
  }

  @Test
  void pcapTellsAPodThatCannotBeAskedFromOneThatEndsAndFromACheckThatIsNone() {
    Pod pod = operatorPodThatNoKubeletRuns();

    assertThat(pcap("b-well"))
        .startsWith("kubectl-pingcheck pcap: the pod operator-1 gives no captures (")
        .hasLineCount(1);
    assertThat(pcap("nosuch"))
        .contains(": the pod operator-1 gives no captures (")
        .contains(": there is no PingCheck nosuch in the namespace " + pipeline.namespace());
    api.admin().resource(pod).delete();
    assertThat(pcap("b-well"))
        .startsWith("kubectl-pingcheck pcap: no pod of the operator runs in the namespace ");

    api.admin().resource(pod).edit(KubectlPluginIT::withoutFinalizer);
  }

  @Test
  void whyTellsWhichRightTheLastRoundsNeedAndAllTheRest() {
    String namespace = pipeline.namespace();
    assertThat(lastRounds(viewer, "kube-system"))
        .isEqualTo(
            "You cannot see them: system:serviceaccount:%s:viewer may not list pods in the namespace"
                    .formatted(namespace)
                + " kube-system: ask for a role with the verb \"list\" on the resource \"pods\".");
    assertThat(lastRounds(viewer, namespace))
        .isEqualTo(
            "You cannot see them: no pod of the operator runs in the namespace %s: name its"
                    .formatted(namespace)
                + " namespace by --operator-namespace.");
    Pod pod = operatorPodThatNoKubeletRuns();
    try {
      assertThat(lastRounds(viewer, namespace))
          .matches(
              "You cannot see them: the pod operator-1 gives no rounds:"
                  + " system:serviceaccount:%s:viewer may not (get|create) pods/portforward in the"
                      .formatted(namespace)
                  + " namespace %s: ask for a role with the verb \"(get|create)\" on the resource"
                      .formatted(namespace)
                  + " \"pods/portforward\"\\.");
      assertThat(lastRounds(api.kubeconfig(), namespace))
          .startsWith("You cannot see them: the pod operator-1 gives no rounds (");
    } finally {
      api.admin().resource(pod).edit(KubectlPluginIT::withoutFinalizer);
      api.admin().resource(pod).delete();
    }
  }

  /** What stands in place of that section of a page that is else complete. */
  private static String lastRounds(Path account, String operatorNamespace) {
    Script.Result why = as(account, "why", "a-lossy", "--operator-namespace", operatorNamespace);
    assertThat(why.err()).isEmpty();
    assertThat(why.exitCode()).isZero();
    assertThat(why.out()).contains("\nLast round\n", "\nEvents\n", "\nPolicy\n", "\nNext\n");
    List<String> lines = why.out().lines().toList();
    int title = lines.indexOf("Last rounds");
    assertThat(lines.get(title + 2)).isEmpty();
    return lines.get(title + 1).strip();
  }

  /** What it says on stderr when it fails. */
  private static String pcap(String check) {
    Script.Result pcap =
        as(api.kubeconfig(), "pcap", check, "--operator-namespace", pipeline.namespace());
    assertThat(pcap.exitCode()).isEqualTo(2);
    return pcap.err();
  }

  private static Pod operatorPodThatNoKubeletRuns() {
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withNamespace(pipeline.namespace())
            .withName("operator-1")
            .addToLabels("app.kubernetes.io/name", "pingcheck")
            .addToLabels("app.kubernetes.io/component", "operator")
            .addToFinalizers("pingcheck.dev/ends-slowly")
            .endMetadata()
            .withNewSpec()
            .withServiceAccountName("editor")
            .addNewContainer()
            .withName("operator")
            .withImage("none")
            .endContainer()
            .endSpec()
            .withNewStatus()
            .withPhase("Running")
            .endStatus()
            .build();
    api.admin().resource(pod).create();
    api.admin().resource(pod).patchStatus();
    return pod;
  }

  private static Pod withoutFinalizer(Pod pod) {
    pod.getMetadata().setFinalizers(List.of());
    return pod;
  }

  private static PingCheck check(String name) {
    return api.admin()
        .resources(PingCheck.class)
        .inNamespace(pipeline.namespace())
        .withName(name)
        .get();
  }

  private static String uid(String name) {
    return check(name).getMetadata().getUid();
  }

  private static int failures(String name) {
    Integer failures = check(name).getStatus().getConsecutiveFailures();
    return failures == null ? 0 : failures;
  }

  @Test
  void whoLacksARightIsToldWhichOne() {
    Script.Result top = as(nobody, "top", "--once");
    assertThat(top.err())
        .isEqualTo(
            "kubectl-pingcheck top: system:serviceaccount:%s:nobody may not list"
                    .formatted(pipeline.namespace())
                + " pingchecks.pingcheck.dev in the namespace %s: ask for a role with the verb"
                    .formatted(pipeline.namespace())
                + " \"list\" on the resource \"pingchecks\" of the API group pingcheck.dev; view"
                + " has the reading verbs of it, edit and admin have all\n");
    assertThat(top.exitCode()).isEqualTo(2);
    Script.Result run = run(viewer, "192.0.2.99", "-c", "1");
    assertThat(run.err()).contains("may not create pingchecks.pingcheck.dev").hasLineCount(1);
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void checkThatIsNotThereIsToldFromAKindThatIsNot() {
    Script.Result why = as(viewer, "why", "missing");
    assertThat(why.err())
        .isEqualTo(
            "kubectl-pingcheck why: there is no PingCheck missing in the namespace %s: kubectl get"
                    .formatted(pipeline.namespace())
                + " pingchecks -A lists all\n");
    assertThat(why.exitCode()).isEqualTo(2);
  }
}
