package dev.pingcheck.bench.operator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The operator as {@code ./dev operator} runs it, with the rights of its ServiceAccount. */
final class OperatorProcess implements AutoCloseable {
  private static final int PORT = 18_080;
  private static final long TICKS_PER_SECOND = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path kubeconfig;
  private final Path socket;
  private final Path log;
  private final Thread atExit = new Thread(this::end, "operator-end");
  private Process process;
  private long startedAt;

  OperatorProcess(Path kubeconfig, Path socket, Path log) {
    this.kubeconfig = kubeconfig;
    this.socket = socket;
    this.log = log;
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** Starts it; returns at once. */
  OperatorProcess start() {
    ProcessBuilder builder =
        new ProcessBuilder(
            "tools/pingcheck",
            "operator",
            "--socket",
            socket.toString(),
            "--http-port",
            Integer.toString(PORT));
    builder.environment().remove("JAVA_TOOL_OPTIONS"); // they are the bench's own
    builder.environment().put("KUBECONFIG", kubeconfig.toString());
    builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
    builder
        .environment()
        .put(
            "PINGCHECK_STATUS_FIRST_WRITES_PER_SECOND",
            Integer.toString(FirstWords.WRITES_PER_SECOND));
    try {
      startedAt = System.nanoTime();
      process =
          builder
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /**
   * Waits until it says that it is ready: the API server reached, the caches full, a probe there.
   *
   * @return milliseconds since its start
   */
  double awaitReady() throws InterruptedException {
    while (!get("/q/health/ready").startsWith("200")) {
      if (!process.isAlive()) {
        throw new IllegalStateException("the operator ended by itself: its log is " + log);
      }
      if (System.nanoTime() - startedAt > PATIENCE.toNanos()) {
        throw new IllegalStateException("the operator was not ready in time: its log is " + log);
      }
      Thread.sleep(5);
    }
    return (System.nanoTime() - startedAt) / 1e6;
  }

  /** A page with its status code in front; empty while nobody serves it. */
  String get(String page) throws InterruptedException {
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORT + page)).build(),
              HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() + "\n" + answer.body();
    } catch (IOException e) {
      return "";
    }
  }

  /** Resident memory, in MiB. */
  double rss() {
    return mib("VmRSS:");
  }

  /** The most resident memory that it ever had, in MiB. */
  double peakRss() {
    return mib("VmHWM:");
  }

  private double mib(String line) {
    return proc("status")
        .lines()
        .filter(l -> l.startsWith(line))
        .mapToDouble(l -> Double.parseDouble(l.replaceAll("[^0-9]", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }

  /** Processor time since its start, in seconds. */
  double cpuSeconds() {
    // proc(5): the command's name may hold blanks, and ends with the last bracket.
    String[] fields = proc("stat").replaceFirst("^.*\\) ", "").split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / (double) TICKS_PER_SECOND;
  }

  private String proc(String file) {
    try {
      return Files.readString(Path.of("/proc/" + process.pid(), file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the operator has ended: its log is " + log, e);
    }
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    end();
    http.close();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException alreadyExiting) {
      // The hook finds nothing more to do.
    }
  }

  private void end() {
    if (process == null) {
      return;
    }
    process.destroy();
    try {
      if (!process.waitFor(15, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
