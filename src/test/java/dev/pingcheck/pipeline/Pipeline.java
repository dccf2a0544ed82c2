package dev.pingcheck.pipeline;

import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.kube.ApiServer;
import dev.pingcheck.kube.OwnFolder;
import dev.pingcheck.lab.Lab;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * The whole path as a user has it: the operator as a process with only its ServiceAccount's rights,
 * the probe as a process in the lab's network, both from the build, either of which can be killed
 * and started again at any moment.
 */
public final class Pipeline implements AutoCloseable {
  private static final String JAVA = ProcessHandle.current().info().command().orElseThrow();
  private static final Path LOGS = OwnFolder.of("pipeline-logs");

  /** Generous: on a slow machine nothing may fail by patience alone. */
  static final int PATIENCE_SECONDS = 120;

  private final ApiServer api;
  private final Lab lab;
  private final String namespace;
  private final Path folder;
  private final int port = freePort();
  private final int pagePort = freePort();
  private final List<Process> started = new ArrayList<>();
  private final Thread atExit = new Thread(this::end, "pipeline-end");
  private String logFormat = "text";
  private List<String> operatorOptions = List.of();
  private boolean ended;
  private Process operator;
  private Process probe;

  public Pipeline(ApiServer api, Lab lab) throws IOException {
    this.api = api;
    this.lab = lab;
    api.installCrd();
    api.kubectl("apply", "-f", "k8s/rbac", "-f", "k8s/rbac-link");
    namespace = api.newNamespace("pipeline");
    folder = Files.createTempDirectory("pc-link");
    Files.createDirectories(LOGS);
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** The namespace in which its checks are. */
  public String namespace() {
    return namespace;
  }

  /** Where the operator serves health and metrics on loopback. */
  int httpPort() {
    return port;
  }

  /** Where the operator serves its page. */
  public String page() {
    return "http://127.0.0.1:" + pagePort + "/";
  }

  /** Has both write their logs so from their next start on. */
  public Pipeline withLogFormat(String format) {
    logFormat = format;
    return this;
  }

  /** Has the operator started with these besides; those that begin with -D are the JVM's. */
  Pipeline withOperatorOptions(String... options) {
    operatorOptions = List.of(options);
    return this;
  }

  /** What the first operator or probe of this pipeline has logged. */
  public String log(String name) throws IOException {
    try (Stream<Path> files = Files.list(LOGS)) {
      Path first =
          files
              .filter(f -> f.getFileName().toString().startsWith(namespace + "-" + name + "-"))
              .min(Comparator.naturalOrder())
              .orElseThrow();
      return Files.readString(first);
    }
  }

  /** Starts both and waits until the operator says that it is ready. */
  public Pipeline start() {
    startOperator();
    startProbe();
    awaitReady();
    return this;
  }

  void startOperator() {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(JAVA, "@src/main/jvm/operator.options", "-Dquarkus.http.host=127.0.0.1"));
    operatorOptions.stream().filter(option -> option.startsWith("-D")).forEach(command::add);
    command.addAll(List.of("-jar", "target/quarkus-app/quarkus-run.jar", "operator"));
    command.addAll(List.of("--socket", socket(), "--http-port", Integer.toString(port)));
    command.addAll(List.of("--page-address", "127.0.0.1:" + pagePort));
    command.addAll(List.of("--evidence-folder", evidence().toString()));
    operatorOptions.stream().filter(option -> !option.startsWith("-D")).forEach(command::add);
    String account = api.kubeconfig("pingcheck-system", "pingcheck-operator").toString();
    operator = launch("operator", command, Map.of("KUBECONFIG", account));
  }

  /** Where the operator keeps the packets of bad rounds. */
  Path evidence() {
    return folder.resolve("evidence");
  }

  void startProbe(String... options) {
    List<String> command = new ArrayList<>();
    command.addAll(
        lab.atProber(
            JAVA,
            "@src/main/jvm/probe.options",
            "-cp",
            "target/probe/pingcheck.jar:target/probe/lib/*",
            "dev.pingcheck.cli.Pingcheck",
            "probe",
            "--socket",
            socket()));
    command.addAll(List.of(options));
    probe = launch("probe", command, Map.of());
  }

  /** SIGKILL, as the kernel does it when memory runs out. */
  void killOperator() {
    kill(operator);
  }

  void killProbe() {
    kill(probe);
  }

  void awaitReady() {
    Awaitility.await("the operator is ready")
        .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .until(() -> http("/q/health/ready").startsWith("200"));
  }

  /** Status code and body of a page of the operator; {@code down} while there is no operator. */
  String http(String path) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + port + path);
      HttpResponse<String> response =
          client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
      return response.statusCode() + "\n" + response.body();
    } catch (IOException e) {
      return "down";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** The lines of the metrics endpoint that speak of a check. */
  List<String> metrics(String check) {
    return http("/q/metrics")
        .lines()
        .filter(l -> l.startsWith("pingcheck_") && l.contains("name=\"" + check + "\""))
        .toList();
  }

  /** Applies a check of short rounds; {@code spec} is added to it as YAML, an entry a line. */
  public void apply(String name, String hostname, String... spec) {
    try {
      Path file = Files.createTempFile(folder, "check", ".yaml");
      Files.writeString(file, yaml(name, hostname, spec));
      api.kubectl("apply", "-f", file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String yaml(String name, String hostname, String... spec) {
    StringBuilder yaml =
        new StringBuilder(
            """
            apiVersion: pingcheck.dev/v1alpha1
            kind: PingCheck
            metadata:
              name: %s
              namespace: %s
            spec:
              hostname: "%s"
              interval: 50ms
              timeout: 300ms
              period: 1s
            """
                .formatted(name, namespace, hostname));
    Stream.of(spec).forEach(line -> yaml.append("  ").append(line).append('\n'));
    return yaml.toString();
  }

  void delete(String name) {
    checks().withName(name).delete();
  }

  PingCheck get(String name) {
    return checks().withName(name).get();
  }

  List<PingCheck> all() {
    return checks().list().getItems();
  }

  /** Waits until a check is as wanted, and gives it. */
  PingCheck await(String name, String what, Predicate<PingCheck> wanted) {
    return Awaitility.await(name + ": " + what)
        .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .until(() -> get(name), check -> check.getStatus() != null && wanted.test(check));
  }

  /** Waits until a condition of a check has this status, and gives the check. */
  public PingCheck awaitCondition(String name, String type, String status) {
    return await(name, type + "=" + status, check -> status.equals(condition(check, type)));
  }

  static String condition(PingCheck check, String type) {
    return check.getStatus() == null
        ? ""
        : check.getStatus().getConditions().stream()
            .filter(c -> c.getType().equals(type))
            .map(c -> c.getStatus())
            .findFirst()
            .orElse("");
  }

  /** Waits for so many further rounds, by the id that the status tells. */
  void awaitRounds(String name, int rounds) {
    for (int i = 0; i < rounds; i++) {
      String before = round(get(name));
      await(name, "another round", check -> !round(check).equals(before));
    }
  }

  private static String round(PingCheck check) {
    return check.getStatus().getLastRound() == null ? "" : check.getStatus().getLastRound().getId();
  }

  /** The reasons of all events about a check, in the order of their times. */
  List<String> events(String name) {
    return client().events().v1().events().inNamespace(namespace).list().getItems().stream()
        .filter(e -> name.equals(e.getRegarding().getName()))
        .sorted(
            // Crossings of one round have one time; they are said in the order of the status.
            Comparator.comparing((Event e) -> e.getEventTime().getTime())
                .thenComparing(e -> Long.parseLong(e.getMetadata().getResourceVersion())))
        .map(Event::getReason)
        .toList();
  }

  private io.fabric8.kubernetes.client.dsl.NonNamespaceOperation<
          PingCheck,
          io.fabric8.kubernetes.api.model.KubernetesResourceList<PingCheck>,
          io.fabric8.kubernetes.client.dsl.Resource<PingCheck>>
      checks() {
    return client().resources(PingCheck.class).inNamespace(namespace);
  }

  private KubernetesClient client() {
    return api.admin();
  }

  private String socket() {
    return folder.resolve("link.sock").toString();
  }

  private synchronized Process launch(
      String name, List<String> command, Map<String, String> environment) {
    if (ended) {
      throw new IllegalStateException("the pipeline has ended; no " + name + " is started");
    }
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().remove("KUBECONFIG");
      builder.environment().putAll(environment);
      builder.environment().put("PINGCHECK_LOG_FORMAT", logFormat);
      Path log = LOGS.resolve(namespace + "-" + name + "-" + started.size() + ".log");
      Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
      started.add(process);
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void kill(Process process) {
    process.destroyForcibly();
    waitFor(process);
  }

  private static void waitFor(Process process) {
    try {
      if (!process.waitFor(15, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException alreadyExiting) {
      return; // The API server may be gone, and its data goes with it.
    }
    checks().delete();
  }

  private synchronized void end() {
    ended = true;
    for (Process process : started.reversed()) {
      process.destroy();
    }
    started.forEach(Pipeline::waitFor);
    started.clear();
    removeFolder();
  }

  private void removeFolder() {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
