package dev.pingcheck.cli.kubectl;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The captures of a check in all of the operator's pods: each has those that it fetched while it
 * led.
 *
 * @param found the newest first
 * @param silent a sentence for each pod that could not be asked
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

  /** Those of all pods together. */
  static Captures of(PodAnswers<List<EvidenceFile>> answers) {
    List<Found> found =
        answers.given().stream()
            .flatMap(pod -> pod.answer().stream().map(capture -> new Found(pod.pod(), capture)))
            .sorted(Comparator.comparing((Found each) -> each.capture.time()).reversed())
            .toList();
    return new Captures(found, answers.silent());
  }

  /** Those of a name; all, the newest first, if none is named. */
  List<Found> named(Optional<String> file) {
    return found.stream()
        .filter(each -> file.isEmpty() || file.get().equals(each.capture.file()))
        .toList();
  }
}
