package dev.pingcheck.bench;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What one run of a benchmark has found.
 *
 * @param figures in the order in which they are shown
 * @param method how it was measured, and what else is worth knowing of this run; one line
 */
record Measurement(List<Figure> figures, String method) {
  private static final List<String> HEAD = List.of("figure", "value", "unit", "goal", "verdict");

  Measurement {
    figures = List.copyOf(figures);
  }

  /** A line for each figure, then all of them as a Markdown table, then the method. */
  String report() {
    return figures.stream().map(f -> f.line() + "\n").collect(Collectors.joining())
        + "\n"
        + table()
        + "\n"
        + method
        + "\n";
  }

  private String table() {
    List<List<String>> rows =
        Stream.concat(Stream.of(HEAD), figures.stream().map(Measurement::cells)).toList();
    int[] widths =
        IntStream.range(0, HEAD.size())
            .map(column -> rows.stream().mapToInt(r -> r.get(column).length()).max().orElseThrow())
            .toArray();
    List<String> rule = IntStream.of(widths).mapToObj("-"::repeat).toList();
    return Stream.of(Stream.of(HEAD), Stream.of(rule), rows.stream().skip(1))
        .flatMap(part -> part)
        .map(row -> line(row, widths))
        .collect(Collectors.joining());
  }

  private static List<String> cells(Figure figure) {
    return List.of(
        figure.name(), figure.valueText(), figure.unit(), figure.goalText(), figure.verdict());
  }

  private static String line(List<String> cells, int[] widths) {
    return IntStream.range(0, widths.length)
        .mapToObj(i -> cells.get(i) + " ".repeat(widths[i] - cells.get(i).length()))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
