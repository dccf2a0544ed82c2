package dev.pingcheck.crd;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The words of {@code spec.ipFamily}. The bean holds the text: one unknown word must not make a
 * list unreadable.
 */
public enum IpFamily {
  @JsonProperty("Any")
  ANY,
  @JsonProperty("IPv4")
  IPV4,
  @JsonProperty("IPv6")
  IPV6,
  @JsonProperty("DualStack")
  DUAL_STACK
}
