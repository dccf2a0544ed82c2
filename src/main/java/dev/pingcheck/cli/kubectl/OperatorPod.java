package dev.pingcheck.cli.kubectl;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.http.HttpTimeoutException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The way to what one of the operator's pods serves on its loopback interface. */
final class OperatorPod implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(OperatorPod.class.getName());

  private final String name;
  private final int port;
  private final LocalPortForward forward;
  private final PageApi api;

  /**
   * @param port of the page in the pod
   * @param api of the page by way of the forward; both end with this
   */
  OperatorPod(String name, int port, LocalPortForward forward, PageApi api) {
    this.name = name;
    this.port = port;
    this.forward = forward;
    this.api = api;
  }

  /** Something that the page is asked. */
  @FunctionalInterface
  interface Question<T> {
    T put(PageApi page) throws IOException, InterruptedException;
  }

  PageApi api() {
    return api;
  }

  /**
   * Asks its page.
   *
   * @param what is asked for, such as {@code captures}
   * @throws Refusal if nothing came back from there
   */
  <T> T ask(String what, Question<T> question) throws InterruptedException {
    try {
      return question.put(api);
    } catch (IOException e) {
      throw refusal(what, e);
    }
  }

  private Refusal refusal(String what, IOException failure) {
    List<Throwable> causes =
        Stream.concat(
                forward.getClientThrowables().stream(), forward.getServerThrowables().stream())
            .toList();
    Optional<KubernetesClientException> answer =
        causes.stream().flatMap(each -> ApiFault.answer(each).stream()).findFirst();
    if (answer.filter(e -> e.getCode() == HttpURLConnection.HTTP_FORBIDDEN).isPresent()) {
      return new Refusal(
          "the pod %s gives no %s: %s".formatted(name, what, ApiFault.sentence(answer.get())));
    }
    if (causes.isEmpty() && failure instanceof HttpTimeoutException) {
      return new Refusal(
          "the pod %s did not answer in time: its operator hangs, or its node is gone; kubectl describe pod %s tells"
              .formatted(name, name));
    }
    String cause =
        answer
            .map(ApiFault::sentence)
            .or(() -> causes.stream().findFirst().map(Throwable::getMessage))
            .orElseGet(() -> String.valueOf(failure.getMessage()));
    return new Refusal(sentence(what, name, port, cause));
  }

  /** Why a pod gives nothing, by what the kubelet or the API server says of the way there. */
  static String sentence(String what, String pod, int port, String cause) {
    return cause.contains("connection refused")
        ? "the pod %s serves no page on port %d: its operator is starting or ending; if it stays so, it has"
                .formatted(pod, port)
            + " another --page-address, which --page-port tells"
        : "the pod %s gives no %s (%s): you need the verbs get and create on pods/portforward, and"
                .formatted(pod, what, cause)
            + " the operator its --page-address";
  }

  /** Also where the way to the pod does not end well: what it has answered counts. */
  @Override
  public void close() {
    api.close();
    try {
      forward.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "The way to " + name + " did not end well.", e);
    }
  }
}
