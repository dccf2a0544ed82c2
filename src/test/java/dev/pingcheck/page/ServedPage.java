package dev.pingcheck.page;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.page.history.Past;
import dev.pingcheck.page.history.PastEvent;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The page on any free port of the loopback interface. */
public final class ServedPage implements AutoCloseable {
  private static final PageAddress ANY = new PageAddress("127.0.0.1", 0);

  private final Vertx vertx = Vertx.vertx();
  public final Past past = Past.beginning(ManyChecks.NOON);
  final HttpClient http = HttpClient.newHttpClient();
  final int port;
  private Instant at = ManyChecks.NOON;

  public ServedPage(PageSource source, PageRoutes... others) throws Exception {
    this(source, PageSettings.of(ANY, "", Set.of()), others);
  }

  ServedPage(PageSource source, PageSettings settings, PageRoutes... others) throws Exception {
    PageServer server = Page.of(vertx, settings, source, past, Clock.system(), Stream.of(others));
    port = server.start().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  /** Settings for the loopback interface. */
  static PageSettings settings(String prefix, Set<String> hosts, int streams, int connections) {
    return new PageSettings(ANY, prefix, hosts, streams, connections, Optional.empty());
  }

  /** The address of a path. */
  public String url(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  HttpResponse<String> get(String path) throws Exception {
    return send("GET", path);
  }

  HttpResponse<String> send(String method, String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url(path)))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** An event of that check, a second after the one before. */
  void say(String namespace, String name, String reason, String note) {
    at = at.plusSeconds(1);
    String type = reason.endsWith("Recovered") ? "Normal" : "Warning";
    past.events().add(ManyChecks.uid(namespace, name), new PastEvent(at, type, reason, note));
  }

  @Override
  public void close() throws Exception {
    http.shutdownNow();
    vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
