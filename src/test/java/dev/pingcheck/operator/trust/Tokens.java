package dev.pingcheck.operator.trust;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/** Tokens that nobody has signed. */
final class Tokens {
  static final String ACCOUNT = "system:serviceaccount:ns:pingcheck-probe";
  static final String CENTRAL_ACCOUNT = "system:serviceaccount:ns:pingcheck-probe-central";

  private Tokens() {}

  static String of(String subject, String audience, Instant expires) {
    return of(
        "{\"sub\":\"%s\",\"aud\":[\"%s\"],\"exp\":%d}"
            .formatted(subject, audience, expires.getEpochSecond()));
  }

  static String of(String payload) {
    return base64("{\"alg\":\"ES256\"}") + "." + base64(payload) + "." + base64("signature");
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
