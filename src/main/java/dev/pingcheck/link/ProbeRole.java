package dev.pingcheck.link;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a probe on the network wants to be. */
public enum ProbeRole {
  /** The probe of its node, for the checks that name it. */
  NODE,
  /** One of those that share the checks that name no node. */
  CENTRAL;

  /** As it stands in a header. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<ProbeRole> of(String word) {
    return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
  }
}
