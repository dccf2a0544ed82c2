package dev.pingcheck.crd;

import io.fabric8.kubernetes.api.model.ObjectMeta;

/** The label by which a check of {@code kubectl pingcheck run} is known. */
public final class OneOffMark {
  /** Its value says nothing. */
  public static final String LABEL = "pingcheck.dev/one-off";

  private OneOffMark() {}

  /** Whether a check lasts only as long as somebody looks at it. */
  public static boolean isOn(ObjectMeta check) {
    return check.getLabels() != null && check.getLabels().containsKey(LABEL);
  }
}
