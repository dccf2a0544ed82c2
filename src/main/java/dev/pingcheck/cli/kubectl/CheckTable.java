package dev.pingcheck.cli.kubectl;

import dev.pingcheck.crd.Durations;
import dev.pingcheck.log.SafeText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Rows as text of a width: columns as wide as they must be, the last ones cut off. */
final class CheckTable {
  private static final String GAP = "   ";
  private static final int WIDEST = 45;

  private static final List<String> HEADS =
      List.of("NAME", "HEALTHY", "REASON", "LOSS", "RTT", "SINCE", "AGE", "HOSTNAME");

  private final boolean showsNamespaces;
  private final Instant now;

  /**
   * @param now for how long something has been so
   */
  CheckTable(boolean showsNamespaces, Instant now) {
    this.showsNamespaces = showsNamespaces;
    this.now = now;
  }

  /** One line for the heads and one a row, each at most so wide. */
  List<String> lines(List<CheckRow> rows, int width) {
    List<List<String>> cells = new ArrayList<>();
    cells.add(withNamespace("NAMESPACE", HEADS));
    rows.forEach(row -> cells.add(withNamespace(safe(row.namespace()), cells(row))));
    int[] widths = new int[cells.getFirst().size()];
    for (List<String> line : cells) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    return cells.stream().map(line -> line(line, widths, width)).toList();
  }

  private List<String> withNamespace(String namespace, List<String> rest) {
    List<String> all = new ArrayList<>();
    if (showsNamespaces) {
      all.add(namespace);
    }
    all.addAll(rest);
    return all;
  }

  private List<String> cells(CheckRow row) {
    return Arrays.asList(
        safe(row.name()),
        safe(row.healthy()),
        safe(row.reason()),
        row.loss().map(loss -> loss + "%").orElse("-"),
        row.rtt().map(Durations::format).orElse("-"),
        row.since().map(this::ago).orElse("-"),
        row.roundStart().map(this::ago).orElse("-"),
        safe(row.hostname()));
  }

  private String ago(Instant time) {
    return TimeSpan.text(Duration.between(time, now));
  }

  private static String safe(String text) {
    String safe = SafeText.of(text);
    return safe.length() <= WIDEST ? safe : safe.substring(0, WIDEST - 1) + "…";
  }

  private static String line(List<String> cells, int[] widths, int width) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(cells.get(i)).repeat(' ', widths[i] - cells.get(i).length()).append(GAP);
    }
    String text = line.toString().stripTrailing();
    return text.length() <= width ? text : text.substring(0, width);
  }

  /** How many checks are how, in one line. */
  static String summary(List<CheckRow> rows) {
    long bad = rows.stream().filter(row -> row.healthy().equals("False")).count();
    long good = rows.stream().filter(row -> row.healthy().equals("True")).count();
    return "%d checks: %d unhealthy, %d unknown, %d healthy"
        .formatted(rows.size(), bad, rows.size() - bad - good, good);
  }

  /** What killed runs have left, if they have. */
  static List<String> leftOver(List<CheckRow> rows, Instant now) {
    List<CheckRow> expired =
        rows.stream().filter(row -> row.expiry().filter(now::isAfter).isPresent()).toList();
    if (expired.isEmpty()) {
      return List.of();
    }
    return List.of(
        "Left by killed runs; the next run in the namespace removes them: "
            + expired.stream()
                .map(row -> row.namespace() + "/" + row.name())
                .sorted()
                .limit(5)
                .collect(Collectors.joining(", "))
            + (expired.size() > 5 ? " and " + (expired.size() - 5) + " more" : ""));
  }
}
