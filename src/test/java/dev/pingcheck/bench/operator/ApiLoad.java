package dev.pingcheck.bench.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;

/**
 * What the API server and etcd themselves have counted at one moment.
 *
 * @param at monotonic nanoseconds
 * @param statusWrites server-side-apply patches of statuses
 * @param eventWrites events created, or refused because they were there
 * @param lists lists of checks
 * @param puts keys that etcd has stored
 */
record ApiLoad(long at, double statusWrites, double eventWrites, double lists, double puts) {

  /** Reads both. */
  static ApiLoad now(KubernetesClient client, Path state) throws InterruptedException {
    String api = client.raw("/metrics");
    return new ApiLoad(
        System.nanoTime(),
        requests(api, l -> l.contains("resource=\"pingchecks\"") && l.contains("\"status\"")),
        requests(api, l -> l.contains("resource=\"events\"") && l.contains("verb=\"POST\"")),
        requests(api, l -> l.contains("resource=\"pingchecks\"") && l.contains("verb=\"LIST\"")),
        sum(etcd(state), l -> l.startsWith("etcd_mvcc_put_total")));
  }

  /** A second, since another moment. */
  ApiLoad perSecondSince(ApiLoad before) {
    double seconds = (at - before.at) / 1e9;
    return new ApiLoad(
        at - before.at,
        (statusWrites - before.statusWrites) / seconds,
        (eventWrites - before.eventWrites) / seconds,
        (lists - before.lists) / seconds,
        (puts - before.puts) / seconds);
  }

  double writes() {
    return statusWrites + eventWrites;
  }

  private static double requests(String text, Predicate<String> wanted) {
    return sum(text, l -> l.startsWith("apiserver_request_total{") && wanted.test(l));
  }

  private static double sum(String text, Predicate<String> wanted) {
    return text.lines()
        .filter(wanted)
        .mapToDouble(l -> Double.parseDouble(l.substring(l.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static String etcd(Path state) throws InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      String port = Files.readString(state.resolve("port/etcd")).strip();
      return http.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new IllegalStateException("etcd does not tell its metrics: " + e.getMessage(), e);
    }
  }
}
