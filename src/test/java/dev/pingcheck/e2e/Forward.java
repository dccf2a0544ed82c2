package dev.pingcheck.e2e;

import static dev.pingcheck.e2e.Pods.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;

/**
 * {@code kubectl port-forward} to the page of an operator's pod: the door that docs/page.md names.
 */
final class Forward implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int PORT = 8081;

  private final Node node;
  private final Node.Running kubectl;

  private Forward(Node node, Node.Running kubectl) {
    this.node = node;
    this.kubectl = kubectl;
  }

  /**
   * Opens it.
   *
   * @param target such as {@code deployment/pingcheck} or {@code pod/NAME}
   */
  static Forward to(Pods pods, String target) {
    Node.Running kubectl =
        pods.node()
            .begin(
                "kubectl",
                "-n",
                "pingcheck-system",
                "port-forward",
                target,
                Integer.toString(PORT));
    await().atMost(PATIENCE).until(() -> kubectl.soFar().contains("Forwarding from 127.0.0.1"));
    return new Forward(pods.node(), kubectl);
  }

  /** What the page answers to a path. */
  String get(String path) {
    return node.run("curl", "-sS", "--fail", "--max-time", "20", url(path));
  }

  JsonNode json(String path) {
    return Node.parse(get(path));
  }

  /** What it has said to one who listens for a moment, as a browser does. */
  String listen(String path) {
    return node.attempt("curl", "-sN", "--max-time", "2", url(path)).out();
  }

  void download(String path, Path to) {
    node.run(
        "curl",
        "-sS",
        "--fail",
        "--max-time",
        "20",
        "-o",
        to.toAbsolutePath().toString(),
        url(path));
  }

  private static String url(String path) {
    return "http://127.0.0.1:" + PORT + path;
  }

  @Override
  public void close() {
    kubectl.end();
  }
}
