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
public record Measurement(List<Figure> figures, String method) {
  private static final List<String> HEAD = List.of("figure", "value", "unit", "goal", "verdict");
  private static final String NAIVE = "naive";

  public Measurement {
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
        Stream.concat(Stream.of(head()), figures.stream().map(this::cells)).toList();
    int[] widths =
        IntStream.range(0, rows.getFirst().size())
            .map(column -> rows.stream().mapToInt(r -> r.get(column).length()).max().orElseThrow())
            .toArray();
    List<String> rule = IntStream.of(widths).mapToObj("-"::repeat).toList();
    return Stream.of(Stream.of(rows.getFirst()), Stream.of(rule), rows.stream().skip(1))
        .flatMap(part -> part)
        .map(row -> line(row, widths))
        .collect(Collectors.joining());
  }

  private boolean hasNaive() {
    return figures.stream().anyMatch(f -> f.naive().isPresent());
  }

  private List<String> head() {
    return hasNaive() ? Stream.concat(HEAD.stream(), Stream.of(NAIVE)).toList() : HEAD;
  }

  private List<String> cells(Figure figure) {
    Stream<String> own =
        Stream.of(
            figure.name(), figure.valueText(), figure.unit(), figure.goalText(), figure.verdict());
    return (hasNaive() ? Stream.concat(own, Stream.of(figure.naiveText())) : own).toList();
  }

  private static String line(List<String> cells, int[] widths) {
    return IntStream.range(0, widths.length)
        .mapToObj(i -> cells.get(i) + " ".repeat(widths[i] - cells.get(i).length()))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
