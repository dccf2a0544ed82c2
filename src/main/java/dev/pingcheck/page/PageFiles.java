package dev.pingcheck.page;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The files of the front end, from the jar, read when somebody first asks. */
final class PageFiles implements PageRoutes {
  /** All that there are: nothing else of the class path can be asked for. */
  static final List<String> NAMES =
      List.of(
          "index.html",
          "page.css",
          "icon.svg",
          "app.js",
          "check.js",
          "dom.js",
          "graph.js",
          "list.js",
          "matrix.js",
          "store.js",
          "words.js");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  private record Content(Buffer octets, String tag) {}

  private final Map<String, Content> read = new ConcurrentHashMap<>();

  @Override
  public void addTo(Router router) {
    router.route("/").handler(context -> answer(context, "index.html"));
    NAMES.forEach(name -> router.route("/" + name).handler(context -> answer(context, name)));
  }

  private void answer(RoutingContext context, String name) {
    Content content = read.computeIfAbsent(name, PageFiles::read);
    HttpServerResponse response =
        context
            .response()
            .putHeader(
                "Cache-Control", "no-cache") // kept, but asked for: a new version shows at once
            .putHeader("ETag", content.tag)
            .putHeader("Content-Type", TYPES.get(name.substring(name.lastIndexOf('.') + 1)));
    if (content.tag.equals(context.request().getHeader("If-None-Match"))) {
      response.setStatusCode(304).end();
    } else {
      response.end(content.octets);
    }
  }

  private static Content read(String name) {
    try (InputStream file = PageFiles.class.getResourceAsStream(name)) {
      byte[] octets = file.readAllBytes();
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(octets);
      return new Content(
          Buffer.buffer(octets), '"' + HexFormat.of().formatHex(digest, 0, 12) + '"');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
