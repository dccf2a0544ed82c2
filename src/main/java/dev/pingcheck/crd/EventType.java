package dev.pingcheck.crd;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The words of an event's type. */
public enum EventType {
  @JsonProperty("Normal")
  NORMAL,
  @JsonProperty("Warning")
  WARNING
}
