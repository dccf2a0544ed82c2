package dev.pingcheck.operator.trust;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What a token says of itself (RFC 7519), which only a TokenReview proves: good for refusing what
 * is plainly wrong without asking, and for the end of one that was proved.
 *
 * @param subject such as system:serviceaccount:NAMESPACE:NAME
 * @param expires when its time is over
 */
record TokenClaims(String subject, List<String> audiences, Instant expires) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PARTS = 3;

  TokenClaims {
    audiences = List.copyOf(audiences);
  }

  /** Empty if it is no token of a ServiceAccount. */
  static Optional<TokenClaims> of(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != PARTS) {
      return Optional.empty();
    }
    try {
      JsonNode payload = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
      if (payload == null || !payload.path("sub").isTextual() || !payload.path("exp").isNumber()) {
        return Optional.empty();
      }
      List<String> audiences = new ArrayList<>();
      JsonNode aud = payload.path("aud");
      if (aud.isTextual()) {
        audiences.add(aud.asText());
      }
      aud.elements().forEachRemaining(each -> audiences.add(each.asText()));
      return Optional.of(
          new TokenClaims(
              payload.get("sub").asText(),
              audiences,
              Instant.ofEpochSecond(Math.clamp(payload.get("exp").asLong(), 0, 1L << 40))));
    } catch (IOException | IllegalArgumentException broken) {
      return Optional.empty();
    }
  }
}
