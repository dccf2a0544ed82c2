package dev.pingcheck.operator;

import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Serves /q/metrics in pieces, while they are made, and packed for whoever takes that. The page of
 * ten thousand checks has tens of megabytes; the handler of Quarkus would hold all of it in memory,
 * several times.
 */
@Singleton
class MetricsPage {
  private static final String PATH = "/q/metrics";
  private static final int PIECE = 64 * 1024;

  private final PrometheusMeterRegistry registry;

  MetricsPage(PrometheusMeterRegistry registry) {
    this.registry = registry;
  }

  void serve(@Observes Router router) {
    // Before all others: also before the one that it stands for.
    router.get(PATH).order(Integer.MIN_VALUE).blockingHandler(this::answer, false);
  }

  private void answer(RoutingContext context) {
    String type = TextFormat.chooseContentType(context.request().getHeader("Accept"));
    HttpServerResponse response = context.response().setChunked(true);
    response.putHeader("Content-Type", type);
    String accepted = context.request().getHeader("Accept-Encoding");
    boolean packs = accepted != null && accepted.contains("gzip");
    if (packs) {
      response.putHeader("Content-Encoding", "gzip");
    }
    OutputStream pieces = new BufferedOutputStream(new Pieces(response), PIECE);
    try (Writer writer =
        new BufferedWriter(
            new OutputStreamWriter(packs ? packed(pieces) : pieces, StandardCharsets.UTF_8),
            PIECE)) {
      registry.scrape(writer, type);
    } catch (IOException gone) {
      response.reset(); // whoever asked has left, or reads too slowly
    }
  }

  /** As fast as can be: lines that are nearly alike become little anyway. */
  private static OutputStream packed(OutputStream pieces) throws IOException {
    return new GZIPOutputStream(pieces, PIECE) {
      {
        def.setLevel(Deflater.BEST_SPEED);
      }
    };
  }
}
