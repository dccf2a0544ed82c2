package dev.pingcheck.monitoring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The series of PingCheck by name, each with its type and labels, such as {@code counter name
 * namespace}: as the page of documentation has them, and as a page of metrics does.
 */
public final class Series {
  private static final Path PAGE = Path.of("docs/metrics.md");
  private static final Pattern ROW =
      Pattern.compile("^\\| `(pingcheck_\\w+)(?:\\{([^}]*)})?` \\| (\\w+) \\|");
  private static final Pattern TYPE = Pattern.compile("^# TYPE (pingcheck_\\w+) (\\w+)$");
  private static final Pattern SAMPLE = Pattern.compile("^(pingcheck_\\w+)(?:\\{(.*)})? \\S+$");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");
  private static final String OF_A_CHECK = "## Of each check";

  private Series() {}

  /** What docs/metrics.md says. */
  public static Map<String, String> documented() throws IOException {
    Map<String, String> all = new TreeMap<>();
    boolean ofCheck = false;
    for (String line : Files.readAllLines(PAGE)) {
      ofCheck = line.startsWith("## ") ? line.equals(OF_A_CHECK) : ofCheck;
      Matcher row = ROW.matcher(line);
      if (row.find()) {
        Set<String> labels = new TreeSet<>();
        if (row.group(2) != null) {
          labels.addAll(Set.of(row.group(2).split(",")));
        }
        if (ofCheck) {
          labels.addAll(Set.of("namespace", "name"));
        }
        all.put(row.group(1), words(row.group(3), labels));
      }
    }
    return all;
  }

  /** What a page in the text format of Prometheus has samples of. */
  public static Map<String, String> exposed(String page) {
    Map<String, String> types = new TreeMap<>();
    Map<String, Set<String>> labels = new TreeMap<>();
    for (String line : page.lines().toList()) {
      Matcher type = TYPE.matcher(line);
      Matcher sample = SAMPLE.matcher(line);
      if (type.find()) {
        types.put(type.group(1), type.group(2));
      } else if (sample.find()) {
        Set<String> found =
            sample.group(2) == null
                ? Set.of()
                : LABEL
                    .matcher(sample.group(2))
                    .results()
                    .map(label -> label.group(1))
                    .collect(Collectors.toSet());
        labels
            .computeIfAbsent(family(sample.group(1), types), name -> new TreeSet<>())
            .addAll(found);
      }
    }
    return labels.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                found -> words(types.getOrDefault(found.getKey(), "untyped"), found.getValue()),
                (one, other) -> one,
                TreeMap::new));
  }

  /** Samples of histograms and summaries bear more than the name of their family. */
  private static String family(String sample, Map<String, String> types) {
    String base = sample.replaceFirst("_(bucket|count|sum)$", "");
    return !types.containsKey(sample) && types.containsKey(base) ? base : sample;
  }

  private static String words(String type, Set<String> labels) {
    return (type + " " + String.join(" ", new TreeSet<>(labels))).strip();
  }
}
