package dev.pingcheck.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** Debian's Prometheus, which scrapes one operator and evaluates every second. */
public final class Prometheus implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PATIENCE_SECONDS = 60;
  private static final int END_SECONDS = 10;

  private final HttpClient client = HttpClient.newHttpClient();
  private final int port = freePort();
  private final Process process;
  private final Thread atExit;

  /**
   * Starts it and waits until it is ready.
   *
   * @param folder an empty one, for its files
   * @param target the port on loopback at which the operator serves its metrics
   * @param rules a file of rules
   */
  public Prometheus(Path folder, int target, String rules) throws IOException {
    Files.writeString(folder.resolve("rules.yaml"), rules);
    Path configuration =
        Files.writeString(
            folder.resolve("prometheus.yaml"),
            """
            global: {scrape_interval: 1s, evaluation_interval: 1s}
            rule_files: [rules.yaml]
            scrape_configs:
              - job_name: pingcheck
                metrics_path: /q/metrics
                honor_labels: true
                static_configs:
                  - targets: ['127.0.0.1:%d']
            """
                .formatted(target));
    process =
        new ProcessBuilder(
                "prometheus",
                "--config.file=" + configuration,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("prometheus.log").toFile())
            .start();
    atExit = new Thread(this::end, "prometheus-end");
    Runtime.getRuntime().addShutdownHook(atExit);
    Awaitility.await("Prometheus is ready")
        .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .until(this::isReady);
  }

  private boolean isReady() {
    try {
      return get("/-/ready").statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  /**
   * The result of an instant query: its series.
   *
   * @throws AssertionError with its words if Prometheus refuses the query
   */
  public JsonNode query(String expression) {
    return data("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
        .path("result");
  }

  /** The groups of rules, with what became of each. */
  public JsonNode groups() {
    return data("/api/v1/rules").path("groups");
  }

  private JsonNode data(String path) {
    try {
      JsonNode answer = JSON.readTree(get(path).body());
      if (!answer.path("status").asText().equals("success")) {
        throw new AssertionError(path + ": " + answer.path("error").asText());
      }
      return answer.path("data");
    } catch (IOException e) {
      throw new AssertionError("Prometheus does not answer", e);
    }
  }

  private HttpResponse<String> get(String path) throws IOException {
    try {
      URI uri = URI.create("http://127.0.0.1:" + port + path);
      return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void end() {
    process.destroy();
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    end();
    client.close();
    Runtime.getRuntime().removeShutdownHook(atExit);
  }
}
