package dev.pingcheck.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** Objects without what Helm adds to each of its own, and with lists of named things in order. */
final class Normalized {
  private static final Set<String> HELMS_LABELS =
      Set.of(
          "app.kubernetes.io/instance",
          "app.kubernetes.io/managed-by",
          "app.kubernetes.io/version",
          "helm.sh/chart");

  private Normalized() {}

  /** All but the Namespace, which Helm leaves to whoever installs; as JSON, to be compared. */
  static Map<String, String> objects(Manifest manifest) {
    Map<String, String> texts = new TreeMap<>();
    manifest
        .objects()
        .forEach((name, object) -> {
          if (!name.startsWith("Namespace ")) {
            texts.put(name, of(object).toPrettyString());
          }
        });
    return texts;
  }

  private static JsonNode of(JsonNode object) {
    ObjectNode copy = object.deepCopy();
    if (copy.at("/metadata/labels") instanceof ObjectNode labels) {
      labels.remove(HELMS_LABELS);
    }
    if (copy.at("/metadata/annotations") instanceof ObjectNode annotations) {
      annotations.remove("helm.sh/resource-policy");
      if (annotations.isEmpty()) {
        ((ObjectNode) copy.get("metadata")).remove("annotations");
      }
    }
    return sorted(copy);
  }

  private static JsonNode sorted(JsonNode node) {
    if (node instanceof ObjectNode object) {
      ObjectNode inOrder = object.objectNode();
      object.properties().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(field -> inOrder.set(field.getKey(), sorted(field.getValue())));
      return inOrder;
    }
    if (node instanceof ArrayNode list) {
      ArrayNode inOrder = list.arrayNode();
      boolean named = !list.isEmpty() && list.get(0).path("name").isTextual();
      StreamSupport.stream(list.spliterator(), false)
          .map(Normalized::sorted)
          .sorted(
              named
                  ? Comparator.comparing((JsonNode item) -> item.path("name").asText())
                  : (_, _) -> 0)
          .forEach(inOrder::add);
      return inOrder;
    }
    return node;
  }
}
