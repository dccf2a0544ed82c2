package dev.pingcheck.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** PingCheck as it is installed on a node: its pods, their containers, the checks. */
record Pods(Node node) {
  static final String OPERATORS = "deployment/pingcheck";
  static final String FLEET = "daemonset/pingcheck-probe";
  private static final String NAMESPACE = "pingcheck-system";
  private static final String RESOURCES = "src/test/resources/e2e/";
  private static final String METRICS =
      "/api/v1/namespaces/pingcheck-system/pods/%s:8080/proxy/q/metrics";

  /** Of the echo requests in a round of each check. */
  static final int COUNT = 4;

  /**
   * A container that runs.
   *
   * @param address of its pod
   * @param pid of its first process, on the node
   */
  record Container(String pod, String address, String name, int restarts, String pid) {}

  /**
   * Waits for something that is asked of the node or the cluster again and again: that a question
   * fails for once, as while a leader changes, ends nothing.
   */
  static ConditionFactory await() {
    return Awaitility.await()
        .ignoreExceptionsMatching(
            failure -> failure instanceof AssertionError || failure instanceof RuntimeException);
  }

  /** Applies a folder of test resources and waits until all pods are of it. */
  void install(String overlay) {
    kubectl("apply", "--server-side", "--force-conflicts", "-k", path(RESOURCES + overlay));
    rolledOut(OPERATORS);
  }

  /** A file of the checkout, as the node sees it. */
  static String path(String file) {
    return Path.of(file).toAbsolutePath().toString();
  }

  static String resource(String name) {
    return path(RESOURCES + name);
  }

  /** In the namespace of PingCheck. */
  String kubectl(String... words) {
    return node.run(
        Stream.concat(Stream.of("kubectl", "-n", NAMESPACE), Stream.of(words))
            .toArray(String[]::new));
  }

  /** One of src/test/resources/e2e/probes.yaml. */
  void startProbe(String name) {
    kubectl("apply", "-f", resource("probes.yaml"), "-l", "pingcheck.dev/probe=" + name);
  }

  /** In the namespace of PingCheck too. */
  String helm(String... words) {
    return node.run(
        Stream.concat(Stream.of("helm", "-n", NAMESPACE), Stream.of(words)).toArray(String[]::new));
  }

  /** Waits until all pods of a workload are those that it asks for, and ready. */
  void rolledOut(String workload) {
    Node.Result result =
        node.attempt("kubectl", "-n", NAMESPACE, "rollout", "status", workload, "--timeout=300s");
    if (!result.succeeded()) {
      throw new AssertionError(
          "the pods are not ready: "
              + result.err()
              + kubectl("describe", "pods")
              + node.attempt("kubectl", "-n", NAMESPACE, "logs", workload, "--all-containers"));
    }
  }

  /** The containers of one name in all pods with an operator that are not ending. */
  List<Container> containers(String name) {
    return containers("app.kubernetes.io/component=operator", name);
  }

  /** The probes of the DaemonSet that are not ending. */
  List<Container> nodeProbes() {
    return containers("pingcheck.dev/probe=node", "probe");
  }

  List<Container> containers(String labels, String name) {
    String tasks = node.run("ctr", "tasks", "list");
    return stream(node.json("-n", NAMESPACE, "get", "pods", "-l", labels).path("items"))
        .filter(pod -> pod.at("/metadata/deletionTimestamp").isMissingNode())
        .flatMap(pod ->
            stream(pod.at("/status/containerStatuses"))
                .filter(status -> status.path("name").asText().equals(name))
                .map(status -> container(pod, status, tasks)))
        .toList();
  }

  /** The other container in a container's pod. */
  Container sibling(Container container, String name) {
    return containers(name).stream()
        .filter(each -> each.pod().equals(container.pod()))
        .findFirst()
        .orElseThrow();
  }

  /** The container of that name in the pod that leads, once one does. */
  Container leaders(String name) {
    return await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> {
              String holder =
                  node.json("-n", NAMESPACE, "get", "lease", "pingcheck-operator")
                      .at("/spec/holderIdentity")
                      .asText();
              return containers(name).stream()
                  .filter(each -> holder.startsWith(each.pod()))
                  .findFirst();
            },
            Optional::isPresent)
        .orElseThrow();
  }

  private static Container container(JsonNode pod, JsonNode status, String tasks) {
    String id = status.path("containerID").asText().replaceFirst(".*//", "");
    String pid =
        tasks
            .lines()
            .map(line -> line.split("\\s+"))
            .filter(words -> words[0].equals(id))
            .map(words -> words[1])
            .findFirst()
            .orElse("");
    return new Container(
        pod.at("/metadata/name").asText(),
        pod.at("/status/podIP").asText(),
        status.path("name").asText(),
        status.path("restartCount").asInt(),
        pid);
  }

  /** The value of a field of {@code /proc/PID/status}. */
  String status(Container container, String field) {
    return node.run("cat", "/proc/" + container.pid() + "/status")
        .lines()
        .filter(line -> line.startsWith(field + ":"))
        .map(line -> line.substring(field.length() + 1).strip())
        .findFirst()
        .orElseThrow();
  }

  /** Where on the node a container's file is to be seen. */
  static String file(Container container, String path) {
    return "/proc/" + container.pid() + "/root" + path;
  }

  Node.Result inContainer(Container container, String... command) {
    Stream<String> kubectl =
        Stream.of(
            "kubectl", "-n", NAMESPACE, "exec", container.pod(), "-c", container.name(), "--");
    return node.attempt(Stream.concat(kubectl, Stream.of(command)).toArray(String[]::new));
  }

  /**
   * Makes a check of four requests a round.
   *
   * @param host of the node, see tools/e2e-node
   * @param more of the spec, such as {@code capture: OnLoss}; may be empty
   */
  void create(String name, String host, Duration period, String more) {
    String check =
        """
        {apiVersion: pingcheck.dev/v1alpha1, kind: PingCheck, metadata: {name: %s, namespace: default},
         spec: {hostname: %s, count: %d, interval: 100ms, timeout: 1s, period: %ds, %s}}
        """
            .formatted(name, host, COUNT, period.toSeconds(), more);
    node.run("sh", "-c", "echo '" + check.strip() + "' | kubectl apply -f -");
  }

  /** What an operator's metrics say of a series; all of it, where it has several labels. */
  long metric(Container operator, String series, String... labels) {
    return Math.round(
        kubectl("get", "--raw", METRICS.formatted(operator.pod()))
            .lines()
            .filter(line -> line.startsWith(series + "{") || line.startsWith(series + " "))
            .filter(line -> Stream.of(labels).allMatch(line::contains))
            .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
            .sum());
  }

  /** When the last round that its status tells of has begun. */
  Instant lastRound(String check) {
    return Instant.parse(check(check).at("/status/lastRound/startTime").asText());
  }

  JsonNode check(String name) {
    return node.json("get", "pingcheck", name);
  }

  /** The status of one condition, empty while there is none. */
  String condition(String name, String type) {
    return stream(check(name).at("/status/conditions"))
        .filter(condition -> condition.path("type").asText().equals(type))
        .map(condition -> condition.path("status").asText())
        .findFirst()
        .orElse("");
  }

  /** What the events of a reason say that stand for a check. */
  List<String> events(String check, String reason) {
    return stream(node.json("get", "events.events.k8s.io").path("items"))
        .filter(event -> event.at("/regarding/name").asText().equals(check))
        .filter(event -> event.path("reason").asText().equals(reason))
        .map(event -> event.path("note").asText())
        .toList();
  }

  static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
