package dev.pingcheck.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A library that target/sbom.json names.
 *
 * @param name group and artifact, with a colon
 * @param version as Maven has it
 * @param classifier such as {@code linux-x86_64}; empty for none
 * @param licences as the library says them, in its order; whoever uses it may choose one
 */
record Shipped(String name, String version, String classifier, List<String> licences) {
  private static final Path SBOM = Path.of("target/sbom.json");

  /** In the order of their names. */
  static List<Shipped> all() throws IOException {
    TreeMap<String, Shipped> all = new TreeMap<>();
    for (JsonNode component : new ObjectMapper().readTree(SBOM.toFile()).path("components")) {
      Shipped library = of(component);
      all.put(library.name() + " " + library.classifier(), library);
    }
    return List.copyOf(all.values());
  }

  private static Shipped of(JsonNode component) {
    List<String> licences = new ArrayList<>();
    for (JsonNode choice : component.path("licenses")) {
      JsonNode licence = choice.path("license");
      licences.add(
          Stream.of(licence.path("id"), licence.path("name"), choice.path("expression"))
              .map(JsonNode::asText)
              .filter(text -> !text.isEmpty())
              .findFirst()
              .orElseThrow());
    }
    String[] classified = component.path("purl").asText().split("classifier=", 2);
    return new Shipped(
        component.path("group").asText() + ":" + component.path("name").asText(),
        component.path("version").asText(),
        classified.length == 1 ? "" : classified[1].split("&")[0],
        licences);
  }

  /** Its file name, as in target/probe/lib; Quarkus puts the group before it. */
  String file() {
    String artifact = name.substring(name.indexOf(':') + 1);
    return artifact + "-" + version + (classifier.isEmpty() ? "" : "-" + classifier) + ".jar";
  }

  String fileWithGroup() {
    return name.substring(0, name.indexOf(':')) + "." + file();
  }

  /** The names of all libraries that the two programs run from. */
  static Set<String> jars() throws IOException {
    Set<String> jars = new TreeSet<>();
    for (String folder : List.of("quarkus-app/lib", "probe/lib")) {
      try (Stream<Path> files = Files.walk(Path.of("target", folder))) {
        files
            .map(file -> file.getFileName().toString())
            .filter(file -> file.endsWith(".jar"))
            .forEach(jars::add);
      }
    }
    return jars;
  }
}
