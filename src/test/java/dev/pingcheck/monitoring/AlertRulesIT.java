package dev.pingcheck.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alerts, played through by promtool on series that are written down. */
class AlertRulesIT {
  private static final Path CASES = Path.of("src/test/alerts");
  private static final Pattern TRIED = Pattern.compile("alertname[=:] ?\"?(PingCheck\\w+)");

  @TempDir Path folder;

  @Test
  void rulesAreRight() throws IOException {
    Promtool.Result result =
        Promtool.run(Path.of("."), "", "check", "rules", Alerts.SOURCE.toString());
    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(result.output()).contains("SUCCESS: " + Alerts.rules().size() + " rules found");
  }

  @Test
  void alertsFireAndEndAndStayStillAsTheirCasesSay() throws IOException {
    Files.copy(Alerts.SOURCE, folder.resolve(Alerts.SOURCE.getFileName()));
    new YAMLMapper().writeValue(folder.resolve("alert-on-loss.yaml").toFile(), ownRules());
    for (Path cases : cases()) {
      Files.copy(cases, folder.resolve(cases.getFileName()));
      Promtool.Result result =
          Promtool.run(folder, "", "test", "rules", cases.getFileName().toString());
      assertThat(result.exitCode()).as(cases + ": " + result.output()).isZero();
    }
  }

  @Test
  void noAlertIsWithoutACase() throws IOException {
    Set<String> tried = new TreeSet<>();
    for (Path cases : cases()) {
      TRIED.matcher(Files.readString(cases)).results().forEach(found -> tried.add(found.group(1)));
    }
    assertThat(tried)
        .isEqualTo(
            Alerts.alerts().stream()
                .map(alert -> alert.path("alert").asText())
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  /** Those that the how-to has people write. */
  private static JsonNode ownRules() throws IOException {
    String page = Files.readString(Path.of("docs/how-to/alert-on-loss.md"));
    int from = page.indexOf("apiVersion: monitoring.coreos.com");
    return new YAMLMapper().readTree(page.substring(from, page.indexOf("```", from))).path("spec");
  }

  private static Iterable<Path> cases() throws IOException {
    try (Stream<Path> files = Files.list(CASES)) {
      return files.sorted().toList();
    }
  }
}
