package dev.pingcheck.trace;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where spans go: OTLP over HTTP, http/protobuf, which is OpenTelemetry's default.
 *
 * @param uri the whole one, such as {@code http://collector:4318/v1/traces}
 * @param headers sent with each request; may be secret, so they are never logged
 */
public record OtlpReceiver(URI uri, Map<String, String> headers) {

  /**
   * Reads headers as OTEL_EXPORTER_OTLP_HEADERS has them: {@code name=value} pairs with commas
   * between, values with percent signs decoded. What is no pair is left out.
   */
  public static Map<String, String> headers(String text) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String pair : text.split(",", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        headers.put(
            pair.substring(0, equals).strip(),
            URLDecoder.decode(
                pair.substring(equals + 1).strip().replace("+", "%2B"), StandardCharsets.UTF_8));
      }
    }
    return headers;
  }

  /** Never shows a header. */
  @Override
  public String toString() {
    return uri.toString();
  }
}
