package dev.pingcheck.cli.kubectl;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What the operator's pods answer to the same question. Each has its own memory and files, so all
 * are asked.
 *
 * @param given in the order of the pods
 * @param silent a sentence for each pod that could not be asked, such as one that hangs or ends
 */
record PodAnswers<T>(List<Given<T>> given, List<String> silent) {

  /** An answer and the pod that gave it. */
  record Given<T>(String pod, T answer) {}

  /** The way to a pod. */
  @FunctionalInterface
  interface Way<T> {
    /**
     * Asks a pod.
     *
     * @throws Refusal if it cannot be asked
     */
    T ask(String pod) throws IOException, InterruptedException;
  }

  /** Asks all pods at once. That one is silent hides nothing of what the others have. */
  static <T> PodAnswers<T> of(List<String> pods, Way<T> way) throws InterruptedException {
    List<Given<T>> given = new ArrayList<>();
    List<String> silent = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> asked = pods.stream().map(pod -> threads.submit(() -> way.ask(pod))).toList();
      for (int i = 0; i < pods.size(); i++) {
        try {
          given.add(new Given<>(pods.get(i), asked.get(i).get()));
        } catch (ExecutionException e) {
          silent.add(sentence(e.getCause()));
        }
      }
    }
    return new PodAnswers<>(given, silent);
  }

  private static String sentence(Throwable failure) {
    return switch (failure) {
      case Refusal refusal -> refusal.getMessage();
      case KubernetesClientException e -> ApiFault.sentence(e);
      case IOException e -> "a pod cannot be asked (" + e.getMessage() + ")";
      case RuntimeException e -> throw e;
      default -> throw new IllegalStateException(failure);
    };
  }
}
