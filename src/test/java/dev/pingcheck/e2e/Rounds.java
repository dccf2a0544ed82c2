package dev.pingcheck.e2e;

import dev.pingcheck.crd.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The rounds of all checks as a watch has seen their starts. A check's rounds stand a whole number
 * of periods apart, whoever carries them out: what is missing between two of them is a round lost.
 */
final class Rounds {
  /** For {@code kubectl get pingchecks --watch -o}. */
  static final String COLUMNS =
      "go-template={{.metadata.name}} {{with .status}}{{.period}} {{with .lastRound}}{{.startTime}}"
          + "{{end}}{{end}}{{\"\\n\"}}";

  private final Map<String, TreeSet<Instant>> starts = new TreeMap<>();
  private final Map<String, Duration> periods = new HashMap<>();

  Rounds(String watched) {
    for (String line : watched.lines().toList()) {
      String[] words = line.split(" ");
      if (words.length == 3) {
        periods.put(words[0], Durations.parse(words[1]).orElseThrow());
        starts.computeIfAbsent(words[0], _ -> new TreeSet<>()).add(Instant.parse(words[2]));
      }
    }
  }

  /** For each check, how many rounds are missing between the first and the last that were seen. */
  Map<String, Long> missing() {
    return starts.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                each -> missing(periods.get(each.getKey()), List.copyOf(each.getValue()))));
  }

  private static long missing(Duration period, List<Instant> rounds) {
    long span = Duration.between(rounds.getFirst(), rounds.getLast()).toMillis();
    return Math.round((double) span / period.toMillis()) + 1 - rounds.size();
  }

  /** How many rounds of a check were seen that have begun before a moment. */
  long startedBefore(String check, Instant moment) {
    return starts.get(check).headSet(moment).size();
  }

  @Override
  public String toString() {
    return starts.toString();
  }
}
