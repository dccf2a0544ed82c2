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
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What one operator's page answers, over HTTP. */
final class PageApi implements AutoCloseable {
  private static final int LONGEST_SENTENCE = 300;

  /** Many times what three hours of the narrowest slots take. */
  private static final int MOST_OCTETS = 4 * 1024 * 1024;

  /** How an operator answers that knows nothing of a check; of a path it says something else. */
  private static final String UNKNOWN_CHECK = "There is no PingCheck ";

  private final HttpClient http;
  private final URI base;
  private final Duration patience;

  /**
   * @param base of the page, such as {@code http://127.0.0.1:12345/prefix}, without a slash at its
   *     end
   * @param patience how long an answer may take, and how long a file may take to begin
   */
  PageApi(URI base, Duration patience) {
    this.base = base;
    this.patience = patience;
    http = HttpClient.newBuilder().connectTimeout(patience).build();
  }

  /**
   * Lists the captures of a check, the newest first; none if the operator knows of none.
   *
   * @throws IOException if the operator is not reached
   * @throws Refusal if it has no page there
   */
  List<EvidenceFile> captures(String namespace, String check)
      throws IOException, InterruptedException {
    return EvidenceFile.list(answer(text("evidence", namespace, check)));
  }

  /**
   * The rounds of a check that the operator remembers; none if it stands by, or does not know the
   * check yet.
   *
   * @throws IOException if the operator is not reached
   * @throws Refusal if it has no page there, or answers what cannot be read
   */
  RoundMemory rounds(String namespace, String check) throws IOException, InterruptedException {
    HttpResponse<String> text = text("rounds", namespace, check);
    return text.statusCode() == HttpURLConnection.HTTP_NOT_FOUND
            && text.body().startsWith(UNKNOWN_CHECK)
        ? RoundMemory.NONE
        : RoundMemory.read(answer(text));
  }

  /**
   * Copies one capture.
   *
   * @return its octets
   * @throws IOException if the operator is not reached, or the file cannot be written
   */
  long copy(String namespace, String check, String file, OutputStream to)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> answer =
        http.send(
            request("evidence", namespace, check, file).build(), BodyHandlers.ofInputStream());
    try (InputStream body = answer.body()) {
      if (answer.statusCode() != HttpURLConnection.HTTP_OK) {
        byte[] words = body.readNBytes(LONGEST_SENTENCE);
        throw refused(new String(words, StandardCharsets.UTF_8));
      }
      return body.transferTo(to);
    }
  }

  private static String answer(HttpResponse<String> text) {
    return switch (text.statusCode()) {
      case HttpURLConnection.HTTP_OK -> text.body();
      case HttpURLConnection.HTTP_NOT_FOUND ->
          throw new Refusal(
              "the operator has nothing at %s: if it has a --page-prefix, name the same"
                  .formatted(text.uri().getPath()));
      default -> throw refused(text.body());
    };
  }

  private static Refusal refused(String words) {
    String first = words.substring(0, Math.min(LONGEST_SENTENCE, words.length()));
    return new Refusal("the operator refused: " + first.strip());
  }

  private HttpResponse<String> text(String... path) throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<String>> answer =
        http.sendAsync(
            request(path).build(), BodyHandlers.limiting(BodyHandlers.ofString(), MOST_OCTETS));
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new HttpTimeoutException("request timed out");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    }
  }

  private HttpRequest.Builder request(String... path) {
    StringBuilder uri = new StringBuilder(base + "/api");
    for (String part : path) {
      uri.append('/').append(URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"));
    }
    return HttpRequest.newBuilder(URI.create(uri.toString())).timeout(patience);
  }

  /** What is still under way has been given up. */
  @Override
  public void close() {
    http.shutdownNow();
  }
}
