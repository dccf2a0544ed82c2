package dev.pingcheck.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the shipped dashboards ask. */
public final class DashboardQueries {
  private static final Path FOLDER = Path.of("k8s/components/dashboards");
  private static final String INSTEAD = " or on\\(\\) ";
  private static final String NOTHING = "vector(0)";
  private static final Pattern LABEL = Pattern.compile("\\{\\{(\\w+)}}");
  private static final Pattern SERIES = Pattern.compile("\\bpingcheck_\\w+");

  private DashboardQueries() {}

  /**
   * A query of a panel.
   *
   * @param where the dashboard and the panel
   * @param legend in which labels stand in double braces
   */
  public record Asked(String where, String expression, String legend) {

    /**
     * What it asks for first, and what instead where that is not there: never the zero that only
     * keeps a panel from being empty.
     */
    public List<Asked> parts() {
      return Stream.of(expression.split(INSTEAD))
          .filter(part -> !part.equals(NOTHING))
          .map(part -> new Asked(where, part, legend))
          .toList();
    }

    /** The labels that its lines are called by. */
    public Set<String> labels() {
      return LABEL.matcher(legend).results().map(r -> r.group(1)).collect(Collectors.toSet());
    }

    /** The series of PingCheck that it asks for. */
    public Set<String> series() {
      return SERIES.matcher(expression).results().map(r -> r.group()).collect(Collectors.toSet());
    }

    /** The same with values for the variables. */
    public String of(String namespace, String name, String range) {
      return expression
          .replace("$__rate_interval", range)
          .replace("$__range", range)
          .replace("$namespace", namespace)
          .replace("$name", name);
    }
  }

  /** All of them. */
  public static List<Asked> all() throws IOException {
    List<Asked> all = new ArrayList<>();
    for (Path file : files()) {
      JsonNode dashboard = new ObjectMapper().readTree(file.toFile());
      for (JsonNode panel : dashboard.path("panels")) {
        String where = dashboard.path("title").asText() + ": " + panel.path("title").asText();
        panel
            .path("targets")
            .forEach(target ->
                all.add(
                    new Asked(
                        where,
                        target.path("expr").asText(),
                        target.path("legendFormat").asText())));
      }
    }
    return all;
  }

  /** The files of the dashboards. */
  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }
}
