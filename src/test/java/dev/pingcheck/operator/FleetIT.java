package dev.pingcheck.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.crd.SourceStatus;
import dev.pingcheck.kube.ApiServer;
import dev.pingcheck.lab.Lab;
import dev.pingcheck.link.PlacedLink;
import dev.pingcheck.link.Placement;
import dev.pingcheck.link.Placement.Central;
import dev.pingcheck.link.Placement.OnNode;
import dev.pingcheck.link.PlanBook;
import dev.pingcheck.report.EventTeller;
import dev.pingcheck.report.Reporter;
import dev.pingcheck.report.events.EventLife;
import dev.pingcheck.report.events.EventWriter;
import dev.pingcheck.report.metrics.CheckMetrics;
import dev.pingcheck.report.metrics.NamespaceMetrics;
import dev.pingcheck.report.status.Patience;
import dev.pingcheck.report.status.StatusWriter;
import dev.pingcheck.report.status.WriteBudget;
import dev.pingcheck.report.status.WriteGate;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real probes in real networks that stand on nodes of a real API server. The operator is made of
 * its own parts in this process, but for who lets probes in and who gives turns: here each place
 * has a socket of its own, and whoever is woken gets a turn.
 */
class FleetIT {
  @RegisterExtension static final ApiServer api = new ApiServer();

  private static final String JAVA = ProcessHandle.current().info().command().orElseThrow();

  @TempDir Path folder;
  private final PlanBook plans = new PlanBook();
  private final PolicyBook policies = new PolicyBook();
  private final ReportInbox inbox = new ReportInbox();
  private final Clock clock = Clock.system();
  private final Leadership leadership = Leadership.alone(clock);
  private final BlockingQueue<String> woken = new LinkedBlockingQueue<>();
  private final List<Process> processes = new ArrayList<>();
  private final List<String> nodes = new ArrayList<>();
  private final Map<String, Long> turnDue = new HashMap<>();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private String namespace;
  private PlacedLink link;
  private CheckKeeper keeper;
  private Thread turns;

  @BeforeEach
  void start() throws Exception {
    api.installCrd();
    api.kubectl("apply", "-f", "k8s/rbac", "-f", "k8s/rbac-link");
    namespace = api.newNamespace("fleet");
    KubernetesClient client = api.as("pingcheck-system", "pingcheck-operator");
    PolicyWatch policyWatch = new PolicyWatch(client, policies);
    opened.add(policyWatch);
    policyWatch.start();
    NodeWatch nodeWatch = new NodeWatch(client, plans.nodes());
    opened.add(nodeWatch);
    nodeWatch.start();
    plans.nodes().onChange(node -> turnDue().keySet().forEach(woken::add));
    keeper = keeper(ApiClients.forWrites(client));
    plans.complete();
    link =
        new PlacedLink(
            folder,
            plans,
            new ReportIntake(plans, inbox, leadership, (ns, name) -> woken.add(name)),
            clock,
            Duration.ofMillis(100));
    opened.add(link);
    turns = Thread.ofPlatform().name("turns").daemon().start(this::giveTurns);
  }

  private CheckKeeper keeper(KubernetesClient writes) {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    WriteBudget budget = new WriteBudget(30);
    return new CheckKeeper(
        new Governor(
            policies,
            of -> Stream.empty(),
            (ns, name) -> {},
            new NamespaceMetrics(meters),
            of -> plans.nodes().matching(of).size(),
            clock),
        plans,
        inbox,
        new Reporter(
            new StatusWriter(writes)::write,
            new EventTeller(
                new EventWriter(writes, "fleet-it")::say,
                new EventLife(Duration.ofHours(1)),
                clock),
            new CheckMetrics(meters),
            budget,
            new WriteGate(
                budget, new WriteGate.Limits(200, 8, 4), new Patience(clock), clock, new Random(1)),
            (ns, name) -> woken.add(name),
            clock),
        leadership,
        clock);
  }

  private synchronized Map<String, Long> turnDue() {
    return Map.copyOf(turnDue);
  }

  private synchronized void turnDue(String check, long at) {
    turnDue.put(check, at);
  }

  private void giveTurns() {
    try {
      while (!Thread.interrupted()) {
        String next = woken.poll(200, TimeUnit.MILLISECONDS);
        if (next != null) {
          turn(next);
        }
        long now = clock.nanoTime();
        turnDue()
            .forEach((check, due) -> {
              if (due - now < 0) {
                turn(check);
              }
            });
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private void turn(String name) {
    try {
      PingCheck check = find(name);
      Duration again = keeper.keep(check).orElse(Duration.ofMinutes(1));
      turnDue(name, clock.nanoTime() + again.toNanos());
    } catch (RuntimeException refused) {
      turnDue(name, clock.nanoTime() + Duration.ofSeconds(1).toNanos());
    }
  }

  @AfterEach
  void end() throws Exception {
    turns.interrupt();
    turns.join();
    processes.forEach(Process::destroyForcibly);
    for (Process process : processes) {
      process.waitFor();
    }
    for (AutoCloseable one : opened.reversed()) {
      one.close();
    }
    nodes.forEach(node -> api.kubectl("delete", "node", node, "--ignore-not-found"));
    api.kubectl("delete", "pingchecks", "--all", "-n", namespace);
  }

  private PingCheck find(String name) {
    return api.admin().resources(PingCheck.class).inNamespace(namespace).withName(name).require();
  }

  private String node(String suffix) {
    String name = namespace + "-" + suffix;
    nodes.add(name);
    api.admin()
        .nodes()
        .resource(
            new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("fleet", namespace)
                .endMetadata()
                .build())
        .create();
    return name;
  }

  private Process probe(Lab lab, Placement placement) throws IOException {
    List<String> command =
        lab.atProber(
            JAVA,
            "@src/main/jvm/probe.options",
            "-cp",
            "target/probe/pingcheck.jar:target/probe/lib/*",
            "dev.pingcheck.cli.Pingcheck",
            "probe",
            "--socket",
            link.socket(placement).toString());
    File log = Files.createDirectories(Path.of("target/fleet-logs")).toFile();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(new File(log, "probe-" + processes.size() + ".log"))
            .start();
    processes.add(process);
    return process;
  }

  private void apply(String name, String host, String from) throws IOException {
    Path file = folder.resolve(name + ".yaml");
    Files.writeString(
        file,
        """
        apiVersion: pingcheck.dev/v1alpha1
        kind: PingCheck
        metadata: {name: %s, namespace: %s}
        spec: {hostname: %s, count: 2, interval: 50ms, timeout: 300ms, period: 1s%s}
        """
            .formatted(name, namespace, host, from));
    api.kubectl("apply", "-f", file.toString());
    woken.add(name);
  }

  private PingCheck await(String name, String what, Predicate<PingCheck> state) {
    Awaitility.await(name + ": " + what)
        .atMost(90, TimeUnit.SECONDS)
        .pollInterval(200, TimeUnit.MILLISECONDS)
        .until(() -> {
          PingCheck check = find(name);
          return check.getStatus() != null && state.test(check);
        });
    return find(name);
  }

  private static String healthy(PingCheck check) {
    return condition(check).map(c -> c.getStatus() + "/" + c.getReason()).orElse("");
  }

  private static java.util.Optional<Condition> condition(PingCheck check) {
    return check.getStatus().getConditions().stream()
        .filter(c -> c.getType().equals("Healthy"))
        .findFirst();
  }

  private static List<String> sources(PingCheck check) {
    return check.getStatus().getSources().stream().map(SourceStatus::getNode).toList();
  }

  private List<String> events(String name) {
    return api.admin().events().v1().events().inNamespace(namespace).list().getItems().stream()
        .filter(event -> name.equals(event.getRegarding().getName()))
        .map(event -> event.getReason())
        .sorted()
        .toList();
  }

  @Test
  void aCheckIsPingedFromEachNodeOfItsLabelsAndSaysFromWhichItIsBad() throws Exception {
    try (Lab near = Lab.builder().hosts("a").open();
        Lab far = Lab.builder().hosts("a").open()) {
      assertThat(near.host("a").address4()).isEqualTo(far.host("a").address4());
      String one = node("1");
      String two = node("2");
      String from = ", from: {nodeSelector: {fleet: " + namespace + "}}";
      apply("gw", near.host("a").address4(), from);
      await("gw", "nobody is there yet", c -> healthy(c).endsWith("/NoProbe"));
      probe(near, new OnNode(one, "probe-1"));
      Process second = probe(far, new OnNode(two, "probe-2"));
      await(
          "gw",
          "both nodes report",
          c -> sources(c).size() == 2 && healthy(c).equals("True/WithinThresholds"));

      far.host("a").dropAll();
      // The first bad round may have lost a part only.
      PingCheck bad =
          await(
              "gw",
              "bad, all lost",
              c ->
                  healthy(c).equals("False/LossThresholdExceeded")
                      && Integer.valueOf(100)
                          .equals(c.getStatus().getLastRound().getLossPercent()));
      assertThat(sources(bad)).containsExactly(two, one);
      assertThat(condition(bad).orElseThrow().getMessage())
          .startsWith("Bad from 1 of 2 nodes: from " + two + " 0 of 2 echo requests");
      far.host("a").heal();
      await("gw", "good again", c -> healthy(c).equals("True/WithinThresholds"));
      awaitEvents("gw", "LossRecovered", "LossThresholdExceeded");

      second.destroyForcibly();
      PingCheck silent = await("gw", "silent", c -> healthy(c).equals("True/SomeProbesSilent"));
      assertThat(condition(silent).orElseThrow().getMessage()).contains(two + " since ");
      api.kubectl("label", "node", two, "fleet-");
      await(
          "gw",
          "the node is not asked any more",
          c -> sources(c).equals(List.of(one)) && healthy(c).equals("True/WithinThresholds"));
      awaitEvents("gw", "LossRecovered", "LossThresholdExceeded", "ProbeSilent");
    }
  }

  @Test
  void theChecksOfACentralProbeThatIsKilledGoToTheOtherAndNothingIsSaid() throws Exception {
    try (Lab lab = Lab.builder().hosts("a").open()) {
      List<String> checks = IntStream.range(0, 20).mapToObj(i -> "c" + i).toList();
      for (String check : checks) {
        apply(check, lab.host("a").address4(), "");
      }
      Process first = probe(lab, new Central("central-1"));
      Process second = probe(lab, new Central("central-2"));
      for (String check : checks) {
        await(check, "healthy", c -> healthy(c).equals("True/WithinThresholds"));
      }
      Awaitility.await("both ping")
          .atMost(90, TimeUnit.SECONDS)
          .until(() -> probesOf(checks).size() == 2);
      String survivor = nameOf(second);
      first.destroyForcibly();
      for (String check : checks) {
        await(check, "the other pings", c -> probeOf(c).equals(survivor));
      }
      for (String check : checks) {
        assertThat(healthy(find(check))).isEqualTo("True/WithinThresholds");
        assertThat(events(check)).isEmpty();
      }
    }
  }

  /** An event follows the status that it comes from; one too many would stay. */
  private void awaitEvents(String check, String... reasons) {
    Awaitility.await("events of " + check)
        .atMost(90, TimeUnit.SECONDS)
        .untilAsserted(() -> assertThat(events(check)).containsExactly(reasons));
  }

  /** What a probe has called itself. */
  private String nameOf(Process probe) throws IOException {
    Path log = Path.of("target/fleet-logs/probe-" + processes.indexOf(probe) + ".log");
    return Files.readString(log)
        .lines()
        .filter(line -> line.contains(" has started."))
        .map(line -> line.replaceAll(".*Probe ([0-9a-f]+) has started.*", "$1"))
        .findFirst()
        .orElseThrow();
  }

  private List<String> probesOf(List<String> checks) {
    return checks.stream().map(check -> probeOf(find(check))).distinct().toList();
  }

  private static String probeOf(PingCheck check) {
    return check.getStatus().getLastRound().getId().replaceAll("-[0-9]+$", "");
  }
}
