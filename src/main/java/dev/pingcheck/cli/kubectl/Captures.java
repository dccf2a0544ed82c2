package dev.pingcheck.cli.kubectl;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The captures of a check in all of the operator's pods: each has those that it fetched while it
 * led.
 *
 * @param found the newest first
 * @param silent a sentence for each pod that could not be asked, such as one that hangs or ends
 */
record Captures(List<Found> found, List<String> silent) {

  /** A capture and the pod that has it. */
  record Found(String pod, EvidenceFile capture) {

    /** For people. */
    String line() {
      return "%s  %s  %d packets, %d octets, in %s"
          .formatted(capture.time(), capture.file(), capture.packets(), capture.bytes(), pod);
    }
  }

  /** The way to a pod. */
  @FunctionalInterface
  interface Way {
    /**
     * Lists what a pod has.
     *
     * @throws Refusal if it cannot be asked
     */
    List<EvidenceFile> list(String pod) throws IOException, InterruptedException;
  }

  /** Asks each pod. That one is silent hides nothing of what the others have. */
  static Captures of(List<String> pods, Way way) throws IOException, InterruptedException {
    List<Found> found = new ArrayList<>();
    List<String> silent = new ArrayList<>();
    for (String pod : pods) {
      try {
        way.list(pod).forEach(capture -> found.add(new Found(pod, capture)));
      } catch (Refusal refusal) {
        silent.add(refusal.getMessage());
      }
    }
    found.sort(Comparator.comparing((Found each) -> each.capture.time()).reversed());
    return new Captures(found, silent);
  }

  /** Those of a name; all, the newest first, if none is named. */
  List<Found> named(Optional<String> file) {
    return found.stream()
        .filter(each -> file.isEmpty() || file.get().equals(each.capture.file()))
        .toList();
  }
}
