package dev.pingcheck.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart holds copies of what k8s/ says, and the version of the project. */
class ChartIsCurrentTest {
  private static final Path CHART = Path.of("helm/pingcheck");
  private static final Path K8S = Path.of("k8s");

  @ParameterizedTest
  @ValueSource(strings = {"crd", "rbac", "rbac-link", "admission"})
  void copiesInTheChartAreWhatTheFolderHolds(String folder) throws IOException {
    Path copies = CHART.resolve("files").resolve(folder);
    if (Boolean.getBoolean("pingcheck.regenerate")) {
      copy(K8S.resolve(folder), copies);
    }
    assertThat(texts(copies))
        .as("mvn test -Dtest=ChartIsCurrentTest -Dpingcheck.regenerate=true writes %s", copies)
        .isEqualTo(texts(K8S.resolve(folder)));
  }

  @Test
  void chartAndManifestsBearTheVersionOfTheProject() throws IOException {
    String version =
        first("pom.xml", "<artifactId>pingcheck</artifactId>\\s*<version>([^<]+)</version>")
            .replace("-SNAPSHOT", "");

    assertThat(first("helm/pingcheck/Chart.yaml", "(?m)^version: (.+)$")).isEqualTo(version);
    assertThat(first("helm/pingcheck/Chart.yaml", "(?m)^appVersion: \"(.+)\"$")).isEqualTo(version);
    try (Stream<Path> files = Files.walk(K8S)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(all(file.toString(), "image: (pingcheck:.+)"))
            .as("images in %s", file)
            .allMatch(("pingcheck:" + version)::equals);
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    for (String stale : texts(to).keySet()) {
      Files.delete(to.resolve(stale));
    }
    for (Map.Entry<String, String> text : texts(from).entrySet()) {
      Files.writeString(to.resolve(text.getKey()), text.getValue());
    }
  }

  private static Map<String, String> texts(Path folder) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
        texts.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return texts;
  }

  private static String first(String file, String pattern) throws IOException {
    return all(file, pattern).findFirst().orElseThrow();
  }

  private static Stream<String> all(String file, String pattern) throws IOException {
    return Pattern.compile(pattern)
        .matcher(Files.readString(Path.of(file)))
        .results()
        .map((MatchResult match) -> match.group(1));
  }
}
