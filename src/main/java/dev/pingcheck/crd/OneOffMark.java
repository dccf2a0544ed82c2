package dev.pingcheck.crd;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * What a check of {@code kubectl pingcheck run} is known by: a label, and an annotation with the
 * time at which it expires.
 */
public final class OneOffMark {
  /** Its value says nothing. */
  public static final String LABEL = "pingcheck.dev/one-off";

  /** A time as in RFC 3339, which a living run puts off again and again. */
  public static final String EXPIRES = "pingcheck.dev/expires";

  private OneOffMark() {}

  /** Whether a check lasts only as long as somebody looks at it. */
  public static boolean isOn(ObjectMeta check) {
    return check.getLabels() != null && check.getLabels().containsKey(LABEL);
  }

  /**
   * When a one-off check expires; empty for every other. One without a time, or whose text is none,
   * has expired long ago, at {@link Instant#EPOCH}.
   */
  public static Optional<Instant> expiry(ObjectMeta check) {
    if (!isOn(check)) {
      return Optional.empty();
    }
    String text = check.getAnnotations() == null ? null : check.getAnnotations().get(EXPIRES);
    try {
      return Optional.of(text == null ? Instant.EPOCH : Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.of(Instant.EPOCH);
    }
  }
}
