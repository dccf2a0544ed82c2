package dev.pingcheck.report.calls;

import java.net.URI;
import java.util.List;
import java.util.Locale;

/**
 * One call of the API server, without a name in it.
 *
 * @param verb as the API server's own metrics and RBAC call it, such as {@code list}
 * @param resource such as {@code pingchecks/status}; {@code other} for what is no resource
 */
record Call(String verb, String resource) {
  private static final String OTHER = "other";

  /**
   * Reads a call from its request (Kubernetes API concepts, "Resource URIs").
   *
   * @param method of HTTP
   */
  static Call of(String method, URI uri) {
    List<String> path = List.of(uri.getPath().replaceFirst("^/", "").split("/"));
    int at = path.getFirst().equals("api") ? 2 : path.getFirst().equals("apis") ? 3 : path.size();
    if (path.size() > at + 2 && path.get(at).equals("namespaces")) {
      at += 2; // of a namespaced resource; else the namespace itself is meant
    }
    if (path.size() <= at) {
      return new Call(method.toLowerCase(Locale.ROOT), OTHER);
    }
    boolean named = path.size() > at + 1;
    String resource = path.size() > at + 2 ? path.get(at) + "/" + path.get(at + 2) : path.get(at);
    return new Call(verb(method, named, String.valueOf(uri.getQuery())), resource);
  }

  private static String verb(String method, boolean named, String query) {
    return switch (method) {
      case "GET" -> query.contains("watch=true") ? "watch" : named ? "get" : "list";
      case "POST" -> "create";
      case "PUT" -> "update";
      default -> method.toLowerCase(Locale.ROOT);
    };
  }
}
