package dev.pingcheck.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The alerts as alerts/pingcheck.yaml has them. */
public final class Alerts {
  /** The one source. */
  public static final Path SOURCE = Path.of("alerts/pingcheck.yaml");

  private Alerts() {}

  /** The file without its first words. */
  static String groups() throws IOException {
    String text = Files.readString(SOURCE);
    return text.substring(text.indexOf("groups:\n"));
  }

  /** Every rule, also those that only record. */
  public static List<JsonNode> rules() throws IOException {
    List<JsonNode> rules = new ArrayList<>();
    for (JsonNode group : new YAMLMapper().readTree(SOURCE.toFile()).path("groups")) {
      group.path("rules").forEach(rules::add);
    }
    return rules;
  }

  /** Those that fire. */
  static List<JsonNode> alerts() throws IOException {
    return rules().stream().filter(rule -> rule.has("alert")).toList();
  }
}
