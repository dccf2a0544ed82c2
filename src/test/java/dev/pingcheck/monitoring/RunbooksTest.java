package dev.pingcheck.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever is woken by an alert finds a page of it. */
class RunbooksTest {
  private static final Path PAGES = Path.of("docs/runbooks");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)[^)]*\\)");

  @Test
  void eachAlertHasAPageAndEachPageAnAlert() throws IOException {
    Set<String> alerts =
        Alerts.alerts().stream()
            .map(alert -> alert.path("alert").asText())
            .collect(Collectors.toCollection(TreeSet::new));
    try (Stream<Path> pages = Files.list(PAGES)) {
      assertThat(pages.map(page -> page.getFileName().toString().replace(".md", "")).toList())
          .containsExactlyInAnyOrderElementsOf(alerts);
    }
  }

  @Test
  void eachPageSaysWhatItMeansWhatToLookAtAndWhatToDo() throws IOException {
    for (JsonNode alert : Alerts.alerts()) {
      String name = alert.path("alert").asText();
      String page = Files.readString(PAGES.resolve(name + ".md"));
      assertThat(page.lines().filter(line -> line.startsWith("#")).toList())
          .as(name)
          .containsExactly(
              "# " + name, "## Meaning", "## Impact", "## First look", "## Causes", "## Fix");
      assertThat(
              page.lines().filter(line -> line.startsWith("Severity: ")).findFirst().orElseThrow())
          .contains(alert.at("/labels/severity").asText());
      assertThat(page.lines().filter(line -> line.startsWith("$ "))).as(name).isNotEmpty();
    }
  }

  @Test
  void eachAlertSaysWhatItIsHowBadAndWhereItsPageIs() throws IOException {
    for (JsonNode alert : Alerts.alerts()) {
      String name = alert.path("alert").asText();
      assertThat(alert.at("/labels/severity").asText()).as(name).isIn("critical", "warning");
      assertThat(alert.at("/annotations/summary").asText()).as(name).endsWith(".");
      assertThat(alert.at("/annotations/description").asText())
          .as("%s, for whoever cannot follow its link", name)
          .contains("First: kubectl ");
      assertThat(alert.at("/annotations/runbook_url").asText()).endsWith("/" + name + ".md");
      assertThat(alert.path("for").asText()).as(name + " waits").matches("[1-9][0-9]*m");
    }
  }

  @Test
  void pageOfAlertsNamesEachWithItsSeverity() throws IOException {
    String page = Files.readString(Path.of("docs/alerts.md"));
    for (JsonNode alert : Alerts.alerts()) {
      String name = alert.path("alert").asText();
      String severity = alert.at("/labels/severity").asText();
      assertThat(page).contains("| [" + name + "](runbooks/" + name + ".md) | " + severity + " |");
    }
  }

  @Test
  void linksOfThePagesLeadSomewhere() throws IOException {
    try (Stream<Path> runbooks = Files.list(PAGES)) {
      for (Path page : Stream.concat(runbooks, Stream.of(Path.of("docs/alerts.md"))).toList()) {
        assertThat(LINK.matcher(Files.readString(page)).results().map(link -> link.group(1)))
            .as("the links of %s", page)
            .isNotEmpty()
            .allSatisfy(link -> assertThat(page.resolveSibling(link)).exists());
      }
    }
  }
}
