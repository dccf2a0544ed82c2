package dev.pingcheck.crd;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The words of {@code operator} in a label selector. The bean holds the text: one unknown word must
 * not make a list unreadable.
 */
public enum LabelOperator {
  @JsonProperty("In")
  IN,
  @JsonProperty("NotIn")
  NOT_IN,
  @JsonProperty("Exists")
  EXISTS,
  @JsonProperty("DoesNotExist")
  DOES_NOT_EXIST
}
