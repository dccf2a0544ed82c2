package dev.pingcheck.cli.kubectl;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** The captures that one operator has, over HTTP. */
final class EvidenceApi implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final int LONGEST_SENTENCE = 300;

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final URI base;

  /**
   * @param base of the page, such as {@code http://127.0.0.1:12345/prefix}, without a slash at its
   *     end
   */
  EvidenceApi(URI base) {
    this.base = base;
  }

  /**
   * Lists the captures of a check, the newest first; none if the operator knows of none.
   *
   * @throws IOException if the operator is not reached
   * @throws Refusal if it has no page there
   */
  List<EvidenceFile> list(String namespace, String check) throws IOException, InterruptedException {
    HttpResponse<InputStream> answer = get(namespace, check);
    try (InputStream body = answer.body()) {
      return switch (answer.statusCode()) {
        case HttpURLConnection.HTTP_OK ->
            EvidenceFile.list(new String(body.readAllBytes(), StandardCharsets.UTF_8));
        case HttpURLConnection.HTTP_NOT_FOUND ->
            throw new Refusal(
                "the operator has nothing at %s: if it has a --page-prefix, name the same"
                    .formatted(answer.uri().getPath()));
        default -> throw new Refusal("the operator refused: " + sentence(body));
      };
    }
  }

  /**
   * Copies one capture.
   *
   * @return its octets
   * @throws IOException if the operator is not reached, or the file cannot be written
   */
  long copy(String namespace, String check, String file, OutputStream to)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> answer = get(namespace, check, file);
    try (InputStream body = answer.body()) {
      if (answer.statusCode() != HttpURLConnection.HTTP_OK) {
        throw new Refusal("the operator refused: " + sentence(body));
      }
      return body.transferTo(to);
    }
  }

  private HttpResponse<InputStream> get(String... path) throws IOException, InterruptedException {
    StringBuilder uri = new StringBuilder(base + "/api/evidence");
    for (String part : path) {
      uri.append('/').append(URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"));
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(uri.toString())).timeout(PATIENCE).build();
    return http.send(request, HttpResponse.BodyHandlers.ofInputStream());
  }

  private static String sentence(InputStream body) throws IOException {
    return new String(body.readNBytes(LONGEST_SENTENCE), StandardCharsets.UTF_8).strip();
  }

  @Override
  public void close() {
    http.close();
  }
}
