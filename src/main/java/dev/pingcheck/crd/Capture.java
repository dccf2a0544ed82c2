package dev.pingcheck.crd;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The words of {@code spec.capture}. The bean holds the text: one unknown word must not make a list
 * unreadable.
 */
public enum Capture {
  /** No packet is kept. */
  @JsonProperty("Never")
  NEVER,
  /** The packets of a round that crosses the loss threshold are kept in a file. */
  @JsonProperty("OnLoss")
  ON_LOSS
}
