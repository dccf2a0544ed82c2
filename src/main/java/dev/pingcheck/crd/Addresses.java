package dev.pingcheck.crd;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The words of {@code spec.addresses}. The bean holds the text: one unknown word must not make a
 * list unreadable.
 */
public enum Addresses {
  @JsonProperty("First")
  FIRST,
  @JsonProperty("All")
  ALL
}
