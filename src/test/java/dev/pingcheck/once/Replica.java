package dev.pingcheck.once;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * One pod: an operator from the build and, beside it, a scripted probe, two processes with a socket
 * between them. Either can be killed and started again.
 */
final class Replica implements AutoCloseable {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  private final Processes processes;
  private final String identity;
  private final Path kubeconfig;
  private final List<String> options;
  private final Path folder;
  private final int port = Processes.freePort();
  private OptionalInt debugPort = OptionalInt.empty();
  private Process operator;
  private Process probe;

  /**
   * @param identity under which it runs for the lead
   * @param options of the operator, and system properties for it
   */
  Replica(Processes processes, String identity, Path kubeconfig, String... options) {
    this.processes = processes;
    this.identity = identity;
    this.kubeconfig = kubeconfig;
    this.options = List.of(options);
    try {
      folder = Files.createTempDirectory("pc-once");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String identity() {
    return identity;
  }

  Path socket() {
    return folder.resolve("link.sock");
  }

  /** From its next start on, a debugger can attach to the operator. */
  int debugPort() {
    if (debugPort.isEmpty()) {
      debugPort = OptionalInt.of(Processes.freePort());
    }
    return debugPort.getAsInt();
  }

  Replica startOperator() {
    List<String> command = new ArrayList<>();
    debugPort.ifPresent(at ->
        command.add(
            "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:" + at));
    command.add("-Dquarkus.http.host=127.0.0.1");
    options.stream().filter(option -> option.startsWith("-D")).forEach(command::add);
    command.addAll(List.of("-jar", "target/quarkus-app/quarkus-run.jar", "operator"));
    command.addAll(List.of("--socket", socket().toString(), "--http-port", Integer.toString(port)));
    options.stream().filter(option -> !option.startsWith("-D")).forEach(command::add);
    operator =
        processes.java(
            identity,
            Map.of("KUBECONFIG", kubeconfig.toString(), "PINGCHECK_IDENTITY", identity),
            command);
    return this;
  }

  Replica startProbe(Path world, int checks) {
    probe =
        processes.java(
            identity + "-probe",
            Map.of(),
            List.of(
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                ScriptedProbe.class.getName(),
                socket().toString(),
                world.toString(),
                Integer.toString(checks)));
    return this;
  }

  Process operator() {
    return operator;
  }

  Process probe() {
    return probe;
  }

  Replica awaitReady() {
    Awaitility.await(identity + " is ready")
        .atMost(90, TimeUnit.SECONDS)
        .until(() -> http("/q/health/ready").startsWith("200"));
    return this;
  }

  boolean leads() {
    return http("/q/metrics").lines().anyMatch("pingcheck_leader 1.0"::equals);
  }

  /** What its last operator has written. */
  String log() {
    return processes.log(operator);
  }

  /** Status code and body; {@code down} while there is no answer. */
  String http(String path) {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(3)).build();
    try {
      HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
      return response.statusCode() + "\n" + response.body();
    } catch (IOException e) {
      return "down";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    if (operator != null) {
      Processes.kill(operator);
    }
    if (probe != null) {
      Processes.kill(probe);
    }
    try {
      Files.deleteIfExists(socket());
      try (var rest = Files.list(folder)) {
        for (Path file : rest.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
