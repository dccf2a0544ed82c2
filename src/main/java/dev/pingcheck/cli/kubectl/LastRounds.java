package dev.pingcheck.cli.kubectl;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * The last rounds of a check, from the memory of the operator's pods. The one that leads remembers
 * them; who stands by knows none, and who led before at most older ones.
 *
 * @param memory of the pod that has the newest; without slots if none has any
 * @param silent a sentence for each pod that could not be asked, or one on why none could
 */
record LastRounds(RoundMemory memory, List<String> silent) {
  /** Whoever waits for the rest of the page waits for this. */
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  /** Asks the pods, as far as the user may. */
  static LastRounds of(OperatorPods pods, String namespace, String check)
      throws InterruptedException {
    try {
      return of(PodAnswers.of(pods.names(), pod -> ask(pods, pod, namespace, check)));
    } catch (KubernetesClientException e) {
      return new LastRounds(RoundMemory.NONE, List.of(ApiFault.sentence(e)));
    } catch (Refusal e) {
      return new LastRounds(RoundMemory.NONE, List.of(e.getMessage()));
    }
  }

  private static RoundMemory ask(OperatorPods pods, String pod, String namespace, String check)
      throws InterruptedException {
    try (OperatorPod way = pods.open(pod, PATIENCE)) {
      return way.ask("rounds", page -> page.rounds(namespace, check));
    }
  }

  /** The newest of what the pods have answered. */
  static LastRounds of(PodAnswers<RoundMemory> answers) {
    RoundMemory newest =
        answers.given().stream()
            .map(PodAnswers.Given::answer)
            .max(Comparator.comparing(RoundMemory::newest))
            .orElse(RoundMemory.NONE);
    return new LastRounds(newest, answers.silent());
  }
}
