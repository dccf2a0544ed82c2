package dev.pingcheck.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pingcheck.clock.Clock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The last days of a check, which a Prometheus that scrapes this operator has kept. One question a
 * look, with an end to its patience and to the length of the answer.
 */
final class PrometheusPast implements PageRoutes {
  static final List<Integer> DAYS = List.of(1, 7, 30);

  /** Points of a curve. */
  private static final int POINTS = 360;

  private static final int PATIENCE_MILLIS = 10_000;
  private static final int MOST_OCTETS = 1024 * 1024;
  private static final int MOST_AT_ONCE = 4;
  private static final int MOST_WAITING = 16;
  private static final int OK = 200;
  private static final double NANOS = 1e9;
  private static final int SECONDS_A_DAY = 86_400;

  /** In the order of a slot; the last five are quantiles. */
  private static final List<String> FIGURES =
      List.of("sent", "received", "0", "0.25", "0.5", "0.75", "1");

  private final PageSource source;
  private final Clock clock;
  private final String url;
  private final HttpClient client;

  /**
   * @param url of the Prometheus, without a slash at its end
   */
  PrometheusPast(Vertx vertx, PageSource source, Clock clock, String url) {
    this.source = source;
    this.clock = clock;
    this.url = url;
    client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout(PATIENCE_MILLIS)
                .setMaxWaitQueueSize(MOST_WAITING),
            new PoolOptions().setHttp1MaxSize(MOST_AT_ONCE));
  }

  @Override
  public void addTo(Router router) {
    DAYS.forEach(days ->
        router
            .route("/api/days/" + days + "/:namespace/:name")
            .handler(context -> answer(context, days)));
  }

  private void answer(RoutingContext context, int days) {
    String namespace = context.pathParam("namespace");
    String name = context.pathParam("name");
    if (source.check(namespace, name).isEmpty()) {
      CheckPages.refuseUnknown(context, namespace, name);
      return;
    }
    int step = days * SECONDS_A_DAY / POINTS;
    long end = clock.now().getEpochSecond() / step * step;
    ask(query(namespace, name, step), end - (long) days * SECONDS_A_DAY, end, step)
        .map(answer -> json(answer, step, days))
        .onSuccess(json -> CheckPages.answer(context, json))
        .onFailure(e ->
            Doorman.refuse(
                context, 502, "Prometheus does not answer the question: " + e.getMessage()));
  }

  /** Names of Kubernetes need no quotes of their own within these. */
  static String query(String namespace, String name, int step) {
    String of = "{namespace=\"" + namespace + "\",name=\"" + name + "\"}[" + step + "s]";
    StringBuilder query = new StringBuilder();
    query.append(figure("sent", "sum(increase(pingcheck_echo_requests_total" + of + "))"));
    query.append(" or ");
    query.append(figure("received", "sum(increase(pingcheck_echo_replies_total" + of + "))"));
    for (String share : FIGURES.subList(2, FIGURES.size())) {
      String buckets = "sum by (le) (increase(pingcheck_rtt_seconds_bucket" + of + "))";
      query.append(" or ");
      query.append(figure(share, "histogram_quantile(" + share + ", " + buckets + ")"));
    }
    return query.toString();
  }

  private static String figure(String name, String expression) {
    return "label_replace(" + expression + ", \"figure\", \"" + name + "\", \"\", \"\")";
  }

  private Future<Buffer> ask(String query, long start, long end, int step) {
    String uri =
        "%s/api/v1/query_range?query=%s&start=%d&end=%d&step=%d&timeout=%dms"
            .formatted(
                url,
                URLEncoder.encode(query, StandardCharsets.UTF_8),
                start,
                end,
                step,
                PATIENCE_MILLIS);
    RequestOptions request =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setAbsoluteURI(uri)
            .setTimeout(PATIENCE_MILLIS);
    return client.request(request).compose(r -> r.send()).compose(PrometheusPast::read);
  }

  private static Future<Buffer> read(HttpClientResponse response) {
    response.exceptionHandler(cut -> {}); // the end of the response tells it too
    if (response.statusCode() != OK) {
      response.request().reset();
      return Future.failedFuture("it says " + response.statusCode() + ".");
    }
    Buffer all = Buffer.buffer();
    response.handler(part -> {
      all.appendBuffer(part);
      if (all.length() > MOST_OCTETS) {
        response.request().reset();
      }
    });
    return response.end().map(all);
  }

  /** The same form as that of the last hours. */
  private static Buffer json(Buffer answer, int step, int days) {
    Map<Long, double[]> byTime = new TreeMap<>();
    for (JsonNode series : tree(answer).path("data").path("result")) {
      String name = series.path("metric").path("figure").asText();
      int at = FIGURES.indexOf(name);
      if (at < 0) {
        continue; // no figure that was asked for
      }
      for (JsonNode point : series.path("values")) {
        double value = Double.parseDouble(point.path(1).asText());
        byTime.computeIfAbsent(point.path(0).asLong(), t -> unknown())[at] = value;
      }
    }
    return Json.of(to -> {
      to.writeStartObject();
      to.writeNumberField("width", step);
      to.writeNumberField("length", days * SECONDS_A_DAY);
      to.writeArrayFieldStart("slots");
      for (Map.Entry<Long, double[]> each : byTime.entrySet()) {
        double[] figures = each.getValue();
        long sent = Math.round(figures[0]);
        to.writeStartArray();
        to.writeNumber(each.getKey() - step); // an increase looks back
        to.writeNumber(sent);
        to.writeNumber(Math.clamp(Math.round(figures[0] - figures[1]), 0, sent));
        boolean isTimed = !Double.isNaN(figures[2]) && !Double.isNaN(figures[4]);
        for (int i = 2; isTimed && i < figures.length; i++) {
          to.writeNumber(Math.round(figures[i] * NANOS));
        }
        to.writeEndArray();
      }
      to.writeEndArray();
      to.writeEndObject();
    });
  }

  private static double[] unknown() {
    double[] figures = new double[FIGURES.size()];
    java.util.Arrays.fill(figures, 2, figures.length, Double.NaN);
    return figures;
  }

  private static JsonNode tree(Buffer answer) {
    try {
      return new ObjectMapper().readTree(answer.getBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
