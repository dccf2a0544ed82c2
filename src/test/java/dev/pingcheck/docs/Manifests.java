package dev.pingcheck.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The YAML of pages as whole objects: a fragment that begins with spec gets what is missing. */
final class Manifests {
  private static final Pattern SEPARATOR = Pattern.compile("(?m)^---\\s*$");
  private static final Pattern POLICY =
      Pattern.compile("(?m)^\\s*(spec: \\{)?\\s*namespaceSelector:");
  private static final Pattern WHOLE = Pattern.compile("(?m)^apiVersion:");
  private static final Pattern FRAGMENT = Pattern.compile("(?m)^spec:");

  private Manifests() {}

  /**
   * Each object under the name of a file that tells where it stands.
   *
   * @throws AssertionError for a block that is neither an object nor a fragment of one
   */
  static Map<String, String> of(Block block) {
    Map<String, String> objects = new TreeMap<>();
    List<String> documents = new ArrayList<>(List.of(SEPARATOR.split(block.text())));
    documents.removeIf(String::isBlank);
    for (int i = 0; i < documents.size(); i++) {
      String name = block.place().replace('/', '_').replace(':', '-') + "-" + (i + 1);
      objects.put(name + ".yaml", whole(block, documents.get(i), name));
    }
    return objects;
  }

  private static String whole(Block block, String document, String name) {
    if (WHOLE.matcher(document).find()) {
      return document;
    }
    if (!FRAGMENT.matcher(document).find()) {
      throw new AssertionError(
          block.place()
              + ": this YAML has neither apiVersion nor spec; write a whole object, or a line"
              + " <!-- not run: REASON --> before the block");
    }
    return """
    apiVersion: pingcheck.dev/v1alpha1
    kind: %s
    metadata: {name: %s}
    %s\
    """
        .formatted(
            POLICY.matcher(document).find() ? "PingPolicy" : "PingCheck",
            name.toLowerCase(java.util.Locale.ROOT).replace('_', '-').replace(".md", ""),
            document);
  }
}
