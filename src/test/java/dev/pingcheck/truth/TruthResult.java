package dev.pingcheck.truth;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one run has found.
 *
 * @param miscounts requests that the engine reported otherwise than they went, and figures that do
 *     not add up
 * @param unsure requests of which nobody can say what is right: the machine was too slow
 * @param unseen requests that never came to the lab
 * @param load what the run was
 * @param words the first miscounts, each in a sentence
 */
public record TruthResult(long miscounts, int unsure, int unseen, Load load, List<String> words) {
  private static final String WORD = "miscount: ";

  /**
   * How much it was.
   *
   * @param packets that the lab wrote
   * @param millis that the run took
   * @param droppedReplies for which the kernel had no room
   * @param droppedRequests for which the kernel had no room
   */
  public record Load(long packets, long millis, long droppedReplies, long droppedRequests) {}

  /** A line for each figure and each sentence. */
  String text() {
    StringBuilder text = new StringBuilder();
    figures().forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
    words.forEach(word -> text.append(WORD).append(word).append('\n'));
    return text.toString();
  }

  private Map<String, Long> figures() {
    return Map.of(
        "miscounts", miscounts,
        "unsure", (long) unsure,
        "unseen", (long) unseen,
        "packets", load.packets(),
        "millis", load.millis(),
        "droppedReplies", load.droppedReplies(),
        "droppedRequests", load.droppedRequests());
  }

  /** Reads what {@link #text} has written; other lines do not matter. */
  static TruthResult parse(List<String> lines) {
    Map<String, Long> figures = new HashMap<>();
    List<String> words = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith(WORD)) {
        words.add(line.substring(WORD.length()));
      } else if (line.matches("[a-zA-Z]+=[0-9]+")) {
        int at = line.indexOf('=');
        figures.put(line.substring(0, at), Long.parseLong(line.substring(at + 1)));
      }
    }
    return new TruthResult(
        figures.get("miscounts"),
        figures.get("unsure").intValue(),
        figures.get("unseen").intValue(),
        new Load(
            figures.get("packets"),
            figures.get("millis"),
            figures.get("droppedReplies"),
            figures.get("droppedRequests")),
        List.copyOf(words));
  }
}
