import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * As much of an API server as an operator needs for the training run of its AOT cache: objects of
 * whatever kind in memory, with list, watch, create, replace and merge; each token is a probe's. It
 * checks nothing and is never part of the image.
 *
 * <p>Arguments: a PKCS #12 file with its certificate, the file's password, a file of the objects to
 * begin with (a JSON array), a file to write three ports to once it listens on 127.0.0.1: its own,
 * a free one for the operator's health and metrics, which it asks for when a check is healthy, and
 * one for probes on the network; and a file to write the authorities to that the operator tells
 * these of.
 */
final class RehearsalApiServer {
  private record Watcher(String kind, ServerWebSocket socket) {}

  /** What a path names: objects of one kind, or one of them. */
  private record Target(String kind, String namespace, String name) {
    /** {@code /api/v1/…} or {@code /apis/GROUP/VERSION/…}; a subresource is its object. */
    static Target of(String path) {
      List<String> parts = new ArrayList<>(List.of(path.substring(1).split("/")));
      parts.subList(0, Math.min(parts.size(), parts.getFirst().equals("api") ? 2 : 3)).clear();
      String namespace = "";
      if (parts.size() > 2 && parts.getFirst().equals("namespaces")) {
        namespace = parts.get(1);
        parts.subList(0, 2).clear();
      }
      String kind = parts.isEmpty() ? "" : parts.getFirst();
      return new Target(kind, namespace, parts.size() > 1 ? parts.get(1) : "");
    }

    Target named(JsonObject object) {
      return new Target(kind, namespace, object.getJsonObject("metadata").getString("name"));
    }

    String key() {
      return kind + "/" + namespace + "/" + name;
    }
  }

  private final Map<String, JsonObject> objects = new TreeMap<>();
  private final List<Watcher> watchers = new ArrayList<>();
  private final Vertx vertx = Vertx.vertx();
  private final int operatorPort;
  private final Path authorities;
  private long version = 1;
  private boolean hasAsked;

  private RehearsalApiServer(JsonArray first, int operatorPort, Path authorities) {
    this.operatorPort = operatorPort;
    this.authorities = authorities;
    for (int i = 0; i < first.size(); i++) {
      JsonObject object = first.getJsonObject(i);
      String kind = object.getString("kind").toLowerCase();
      String plural = kind.endsWith("y") ? kind.substring(0, kind.length() - 1) + "ies" : kind + "s";
      String namespace = object.getJsonObject("metadata").getString("namespace", "");
      store(new Target(plural, namespace, "").named(object), object);
    }
  }

  public static void main(String[] args) throws Exception {
    RehearsalApiServer server =
        new RehearsalApiServer(
            new JsonArray(Files.readString(Path.of(args[2]))), freePort(), Path.of(args[4]));
    int linkPort = freePort();
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost("127.0.0.1")
            .setPort(0)
            .setSsl(true)
            .setKeyCertOptions(new PfxOptions().setPath(args[0]).setPassword(args[1]));
    // One event loop runs all of it.
    server
        .vertx
        .createHttpServer(options)
        .requestHandler(server::answer)
        .listen()
        .onSuccess(up ->
            write(
                Path.of(args[3]),
                up.actualPort() + " " + server.operatorPort + " " + linkPort + "\n"))
        .onFailure(failure -> System.exit(fail(failure)));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static int fail(Throwable failure) {
    System.err.println("The rehearsal's API server cannot listen: " + failure);
    return 1;
  }

  private static void write(Path file, String text) {
    try {
      Path whole = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(whole, text);
      Files.move(whole, file);
    } catch (IOException e) {
      System.exit(fail(e));
    }
  }

  private void answer(HttpServerRequest request) {
    Target target = Target.of(request.path());
    if (request.method() == HttpMethod.GET) {
      read(request, target);
    } else {
      request.body().onSuccess(body -> change(request, target, body));
    }
  }

  private void read(HttpServerRequest request, Target target) {
    if ("true".equals(request.getParam("watch"))) {
      request.toWebSocket().onSuccess(socket -> watchers.add(new Watcher(target.kind(), socket)));
    } else if (target.name().isEmpty()) {
      end(request, 200, list(target));
    } else if (objects.containsKey(target.key())) {
      end(request, 200, objects.get(target.key()));
    } else {
      end(request, 404, status(404, "NotFound"));
    }
  }

  private JsonObject list(Target target) {
    JsonArray items = new JsonArray();
    objects.forEach(
        (key, object) -> {
          if (key.startsWith(target.kind() + "/")) {
            items.add(object);
          }
        });
    return new JsonObject()
        .put("kind", "List")
        .put("apiVersion", "v1")
        .put("metadata", new JsonObject().put("resourceVersion", Long.toString(version)))
        .put("items", items);
  }

  private void change(HttpServerRequest request, Target target, Buffer body) {
    JsonObject sent = body.toJsonObject();
    JsonObject old = objects.get(target.key());
    if (target.kind().equals("tokenreviews")) {
      end(request, 201, sent.put("status", probe()));
    } else if (request.method() == HttpMethod.POST) {
      end(request, 201, store(target.named(sent), sent));
    } else if (old == null) {
      end(request, 404, status(404, "NotFound"));
    } else if (request.method() == HttpMethod.PUT) {
      end(request, 200, store(target, sent));
    } else {
      JsonObject merged = store(target, old.copy().mergeIn(sent, true));
      end(request, 200, merged);
      if (!hasAsked && isHealthy(merged)) {
        hasAsked = true;
        ask(List.of("/q/health/live", "/q/health/ready", "/q/metrics", "/q/metrics"));
      }
    }
  }

  /** What is said of every token. */
  private static JsonObject probe() {
    JsonObject extra = new JsonObject();
    Map.of("pod-name", "probe-1", "pod-uid", "1", "node-name", "node-1")
        .forEach((key, value) ->
            extra.put("authentication.kubernetes.io/" + key, new JsonArray().add(value)));
    return new JsonObject()
        .put("authenticated", true)
        .put("audiences", new JsonArray().add("pingcheck"))
        .put(
            "user",
            new JsonObject()
                .put("username", "system:serviceaccount:default:pingcheck-probe-central")
                .put("extra", extra));
  }

  private static boolean isHealthy(JsonObject check) {
    return check.getJsonObject("status", new JsonObject()).getJsonArray("conditions", new JsonArray())
        .stream()
        .map(JsonObject.class::cast)
        .anyMatch(condition -> condition.getString("type").equals("Healthy")
            && condition.getString("status").equals("True"));
  }

  /** One after the other, as Kubernetes and Prometheus do; then says that all is done. */
  private void ask(List<String> paths) {
    if (paths.isEmpty()) {
      System.out.println("rehearsed");
      return;
    }
    vertx
        .createHttpClient()
        .request(HttpMethod.GET, operatorPort, "127.0.0.1", paths.getFirst())
        .compose(HttpClientRequest::send)
        .compose(HttpClientResponse::body)
        .onSuccess(body -> ask(paths.subList(1, paths.size())))
        .onFailure(failure -> System.err.println("The operator did not answer: " + failure));
  }

  private JsonObject store(Target target, JsonObject object) {
    String number = Long.toString(++version);
    JsonObject metadata = object.getJsonObject("metadata");
    metadata.put("resourceVersion", number);
    metadata.putNull("managedFields").remove("managedFields");
    if (!metadata.containsKey("uid")) {
      metadata.put("uid", "00000000-0000-4000-8000-%012d".formatted(version));
      metadata.put("creationTimestamp", "2026-01-01T00:00:00Z").put("generation", 1);
    }
    if (target.name().equals("pingcheck-link-ca")) {
      write(authorities, object.getJsonObject("data").getString("ca.crt"));
    }
    boolean isNew = objects.put(target.key(), object) == null;
    JsonObject event = new JsonObject().put("type", isNew ? "ADDED" : "MODIFIED").put("object", object);
    watchers.removeIf(watcher -> watcher.socket().isClosed());
    for (Watcher watcher : watchers) {
      if (watcher.kind().equals(target.kind())) {
        watcher.socket().writeTextMessage(event.encode());
      }
    }
    return object;
  }

  private static JsonObject status(int code, String reason) {
    return new JsonObject()
        .put("kind", "Status")
        .put("apiVersion", "v1")
        .put("status", "Failure")
        .put("reason", reason)
        .put("code", code);
  }

  private static void end(HttpServerRequest request, int code, JsonObject body) {
    request.response()
        .setStatusCode(code)
        .putHeader("Content-Type", "application/json")
        .end(body.encode());
  }
}
