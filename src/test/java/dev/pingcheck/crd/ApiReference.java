package dev.pingcheck.crd;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionSpec;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page docs/api-reference.md, made of the CustomResourceDefinitions in k8s/crd. */
final class ApiReference {
  private static final Path DEFINITIONS = Path.of("k8s/crd");

  private static final Collector<CharSequence, ?, String> OR = Collectors.joining(" or ");

  private final StringBuilder text = new StringBuilder();

  private ApiReference() {}

  /** The text of the page. */
  static String markdown() throws IOException {
    ApiReference page = new ApiReference();
    page.text.append(
        """
        <!-- Generated from k8s/crd; a test compares the two. -->
        # API reference

        The same words stand in `kubectl explain`. What breaks a rule is refused by the API server;
        the sentences in quotes are what it says then.
        """);
    try (Stream<Path> files = Files.list(DEFINITIONS)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        page.definition(
            Serialization.unmarshal(Files.readString(file), CustomResourceDefinition.class));
      }
    }
    return page.text.toString();
  }

  private void definition(CustomResourceDefinition definition) {
    CustomResourceDefinitionSpec spec = definition.getSpec();
    for (CustomResourceDefinitionVersion version : spec.getVersions()) {
      JSONSchemaProps root = version.getSchema().getOpenAPIV3Schema();
      text.append("\n## ").append(spec.getNames().getKind()).append("\n\n");
      text.append(root.getDescription()).append('\n');
      text.append(
          "\n`apiVersion: %s/%s`, %s, plural `%s`%s.\n"
              .formatted(
                  spec.getGroup(),
                  version.getName(),
                  spec.getScope().equals("Namespaced") ? "namespaced" : "cluster-scoped",
                  spec.getNames().getPlural(),
                  shortNames(spec)));
      part("spec", root);
      part("status", root);
    }
  }

  private static String shortNames(CustomResourceDefinitionSpec spec) {
    List<String> names = spec.getNames().getShortNames();
    return names == null || names.isEmpty() ? "" : ", short `" + String.join("`, `", names) + "`";
  }

  private void part(String name, JSONSchemaProps root) {
    JSONSchemaProps part = root.getProperties().get(name);
    if (part == null) {
      return;
    }
    text.append("\n### ").append(name).append("\n\n").append(part.getDescription());
    text.append("\n\n| field | type | meaning |\n|---|---|---|\n");
    List<String> rules = new ArrayList<>();
    rules(name, part, rules);
    fields("", part, rules);
    if (!rules.isEmpty()) {
      text.append("\nRules across fields:\n\n");
      rules.forEach(rule -> text.append("- ").append(rule).append('\n'));
    }
  }

  private void fields(String prefix, JSONSchemaProps of, List<String> rules) {
    if (of.getProperties() == null) {
      return;
    }
    of.getProperties()
        .forEach((name, field) -> {
          boolean required = of.getRequired() != null && of.getRequired().contains(name);
          String path = prefix + name;
          text.append(
              "| `%s` | %s | %s |\n".formatted(path, type(field), meaning(field, required)));
          JSONSchemaProps items = field.getItems() == null ? null : field.getItems().getSchema();
          boolean isObject = field.getProperties() != null && !field.getProperties().isEmpty();
          if (isObject || items != null) {
            rules(path, field, rules);
          }
          fields(path + (items == null ? "." : "[]."), items == null ? field : items, rules);
        });
  }

  private static void rules(String path, JSONSchemaProps of, List<String> rules) {
    if (of.getXKubernetesValidations() != null) {
      of.getXKubernetesValidations().stream()
          .map(rule -> "`" + path + "`: " + rule.getMessage())
          .forEach(rules::add);
    }
  }

  private static String type(JSONSchemaProps field) {
    if ("array".equals(field.getType())) {
      return "list of " + type(field.getItems().getSchema());
    }
    boolean isMap = field.getAdditionalProperties() != null;
    return isMap ? "map" : Objects.requireNonNullElse(field.getType(), "any");
  }

  private static String meaning(JSONSchemaProps field, boolean required) {
    List<String> parts = new ArrayList<>();
    if (required) {
      parts.add("**Required.**");
    }
    if (field.getDescription() != null) {
      parts.add(field.getDescription());
    }
    if (field.getEnum() != null && !field.getEnum().isEmpty()) {
      parts.add(field.getEnum().stream().map(e -> "`" + e.asText() + "`").collect(OR) + ".");
    }
    boolean isLeaf = field.getProperties() == null || field.getProperties().isEmpty();
    boolean hasRules =
        field.getXKubernetesValidations() != null && !field.getXKubernetesValidations().isEmpty();
    if (isLeaf && field.getItems() == null && hasRules) {
      parts.add(
          field.getXKubernetesValidations().stream()
              .map(rule -> "“" + rule.getMessage() + "”")
              .collect(Collectors.joining(" ", "<br>", "")));
    }
    return String.join(" ", parts).replace("|", "\\|").replaceAll("\\s+", " ");
  }
}
