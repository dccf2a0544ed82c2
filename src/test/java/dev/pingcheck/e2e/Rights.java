package dev.pingcheck.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an account may do, each right on a line: {@code VERB GROUP/RESOURCE [NAME]}. */
record Rights(Set<String> each) {
  private static final String REVIEW =
      """
      {"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectRulesReview","spec":{"namespace":"%s"}}
      """;

  /** What the API server says to the owner of a token, of one namespace: {@code can-i --list}. */
  static Rights of(Node node, String token, String namespace) {
    String command =
        "echo '%s' | kubectl --kubeconfig /dev/null --server https://10.0.0.1"
                .formatted(REVIEW.formatted(namespace).strip())
            + " --insecure-skip-tls-verify --token \"$(cat '%s')\" create --validate=false -f - -o json"
                .formatted(token);
    JsonNode answer = Node.parse(node.run("sh", "-c", command));
    return ofRules(Pods.stream(answer.at("/status/resourceRules")));
  }

  /** What a folder of manifests grants, in all of its roles of a kind. */
  static Rights granted(Node node, String folder, Set<String> kinds) {
    String manifests =
        node.run("kubectl", "create", "--dry-run=client", "-o", "json", "-f", folder);
    return ofRules(
        documents(manifests)
            .filter(object -> kinds.contains(object.path("kind").asText()))
            .flatMap(object -> Pods.stream(object.path("rules"))));
  }

  private static Stream<JsonNode> documents(String manifests) {
    JsonNode parsed = Node.parse("[" + manifests.replaceAll("(?m)^}\\s*^\\{", "},{") + "]");
    return Pods.stream(parsed)
        .flatMap(each -> each.has("items") ? Pods.stream(each.path("items")) : Stream.of(each));
  }

  Rights without(Rights others) {
    Set<String> rest = new TreeSet<>(each);
    rest.removeAll(others.each);
    return new Rights(rest);
  }

  private static Rights ofRules(Stream<JsonNode> rules) {
    return new Rights(rules.flatMap(Rights::ofRule).collect(Collectors.toCollection(TreeSet::new)));
  }

  private static Stream<String> ofRule(JsonNode rule) {
    List<String> names =
        rule.path("resourceNames").isEmpty() ? List.of("") : texts(rule.path("resourceNames"));
    return texts(rule.path("verbs")).stream()
        .flatMap(verb ->
            texts(rule.path("apiGroups")).stream()
                .flatMap(group ->
                    texts(rule.path("resources")).stream()
                        .flatMap(resource ->
                            names.stream()
                                .map(name ->
                                    (verb + " " + group + "/" + resource + " " + name).strip()))));
  }

  private static List<String> texts(JsonNode array) {
    return Pods.stream(array).map(JsonNode::asText).toList();
  }
}
