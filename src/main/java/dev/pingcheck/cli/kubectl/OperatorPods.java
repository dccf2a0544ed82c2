package dev.pingcheck.cli.kubectl;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The operator's pods, each of which serves the page on its loopback interface.
 *
 * @param namespace in which they are
 * @param port of the page
 * @param prefix of the page, such as {@code /pingcheck}; else empty
 */
record OperatorPods(KubernetesClient client, String namespace, int port, String prefix) {
  /** As in k8s/base/deployment.yaml. */
  private static final Map<String, String> LABELS =
      Map.of("app.kubernetes.io/name", "pingcheck", "app.kubernetes.io/component", "operator");

  /** The page asks nobody who they are, so no other machine may come by the forwarded port. */
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  /**
   * Names those that run.
   *
   * @throws Refusal if there is none
   */
  List<String> names() {
    List<String> running =
        client.pods().inNamespace(namespace).withLabels(LABELS).list().getItems().stream()
            .filter(OperatorPods::runs)
            .map(Pod::getMetadata)
            .map(of -> of.getName())
            .sorted()
            .toList();
    if (running.isEmpty()) {
      throw new Refusal(
          "no pod of the operator runs in the namespace %s: name its namespace by --operator-namespace"
              .formatted(namespace));
    }
    return running;
  }

  /** A pod is in the phase Running until it has ended, and on a dead node for good. */
  static boolean runs(Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() == null
        && pod.getStatus() != null
        && "Running".equals(pod.getStatus().getPhase());
  }

  /**
   * Opens a way to a pod; whether it leads there shows at the first request.
   *
   * @param patience how long an answer may take
   */
  OperatorPod open(String pod, Duration patience) {
    LocalPortForward forward =
        client.pods().inNamespace(namespace).withName(pod).portForward(port, LOOPBACK, 0);
    URI page = URI.create("http://127.0.0.1:" + forward.getLocalPort() + prefix);
    return new OperatorPod(pod, port, forward, new PageApi(page, patience));
  }
}
