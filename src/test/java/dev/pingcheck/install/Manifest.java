package dev.pingcheck.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The objects of a rendered installation, each by what identifies it. */
final class Manifest {
  private static final ObjectMapper YAML = new YAMLMapper();

  private final Map<String, JsonNode> objects = new TreeMap<>();

  private Manifest() {}

  /**
   * Reads objects that stand one after another.
   *
   * @throws AssertionError if two of them are the same object
   */
  static Manifest of(String yaml) {
    Manifest manifest = new Manifest();
    try (MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class).readValues(yaml)) {
      while (documents.hasNext()) {
        JsonNode document = documents.next();
        if (document.isObject()) {
          manifest.add(document);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return manifest;
  }

  private void add(JsonNode object) {
    if (objects.put(name(object), object) != null) {
      throw new AssertionError(name(object) + " is there twice");
    }
  }

  private static String name(JsonNode object) {
    return object.path("kind").asText()
        + " "
        + object.path("metadata").path("namespace").asText("-")
        + "/"
        + object.path("metadata").path("name").asText();
  }

  /**
   * The objects by kind, namespace and name, such as {@code Service pingcheck-system/pingcheck}.
   */
  Map<String, JsonNode> objects() {
    return objects;
  }

  /** The Deployments and DaemonSets. */
  List<JsonNode> workloads() {
    return objects.values().stream().filter(o -> o.at("/spec/template/spec").isObject()).toList();
  }

  /** A pod as a controller makes it of a workload's template. */
  static ObjectNode pod(JsonNode workload) {
    ObjectNode pod = YAML.createObjectNode().put("apiVersion", "v1").put("kind", "Pod");
    pod.set("spec", workload.at("/spec/template/spec").deepCopy());
    pod.set("metadata", workload.at("/spec/template/metadata").deepCopy());
    ((ObjectNode) pod.get("metadata"))
        .put("name", workload.at("/metadata/name").asText())
        .put("namespace", workload.at("/metadata/namespace").asText());
    return pod;
  }
}
