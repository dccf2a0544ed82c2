package dev.pingcheck.crd;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The words of {@code lastRound.timestamps}. The bean holds the text: one unknown word must not
 * make a list unreadable.
 */
public enum Timestamps {
  @JsonProperty("Kernel")
  KERNEL,
  @JsonProperty("User")
  USER,
  @JsonProperty("Mixed")
  MIXED
}
