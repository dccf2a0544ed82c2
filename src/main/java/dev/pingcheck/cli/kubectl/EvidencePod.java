package dev.pingcheck.cli.kubectl;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The way to what one of the operator's pods serves on its loopback interface. */
final class EvidencePod implements AutoCloseable {
  /** As in k8s/base/deployment.yaml. */
  private static final Map<String, String> LABELS =
      Map.of("app.kubernetes.io/name", "pingcheck", "app.kubernetes.io/component", "operator");

  private final String name;
  private final int port;
  private final LocalPortForward forward;
  private final EvidenceApi api;

  private EvidencePod(String name, int port, String prefix, LocalPortForward forward) {
    this.name = name;
    this.port = port;
    this.forward = forward;
    this.api = new EvidenceApi(URI.create("http://127.0.0.1:" + forward.getLocalPort() + prefix));
  }

  /**
   * Names the operator's running pods.
   *
   * @throws Refusal if there is none
   */
  static List<String> names(KubernetesClient client, String namespace) {
    List<String> running =
        client.pods().inNamespace(namespace).withLabels(LABELS).list().getItems().stream()
            .filter(EvidencePod::runs)
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
   * @param port of the page
   * @param prefix of the page, such as {@code /pingcheck}; else empty
   */
  static EvidencePod open(
      KubernetesClient client, String namespace, String pod, int port, String prefix) {
    return new EvidencePod(
        pod, port, prefix, client.pods().inNamespace(namespace).withName(pod).portForward(port));
  }

  EvidenceApi api() {
    return api;
  }

  /**
   * Lists the captures that it has of a check, the newest first.
   *
   * @throws Refusal if nothing came back from there
   */
  List<EvidenceFile> list(String namespace, String check) throws InterruptedException {
    try {
      return api.list(namespace, check);
    } catch (IOException e) {
      throw refusal(e);
    }
  }

  private Refusal refusal(IOException failure) {
    String cause =
        Stream.concat(
                forward.getClientThrowables().stream(), forward.getServerThrowables().stream())
            .map(each ->
                each instanceof KubernetesClientException e && !ApiFault.isUnreachable(e)
                    ? ApiFault.sentence(e)
                    : String.valueOf(each.getMessage()))
            .findFirst()
            .orElse(String.valueOf(failure.getMessage()));
    return new Refusal(sentence(name, port, cause));
  }

  /** Why a pod gives nothing, by what the kubelet or the API server says of the way there. */
  static String sentence(String pod, int port, String cause) {
    return cause.contains("connection refused")
        ? "the pod %s serves no page on port %d: its operator is starting or ending; if it stays so, it has"
                .formatted(pod, port)
            + " another --page-address, which --page-port tells"
        : "the pod %s gives no captures (%s): you need the verbs get and create on pods/portforward, and"
                .formatted(pod, cause)
            + " the operator its --page-address";
  }

  @Override
  public void close() throws IOException {
    api.close();
    forward.close();
  }
}
