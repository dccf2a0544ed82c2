package dev.pingcheck.plan;

import dev.pingcheck.crd.Rules;
import dev.pingcheck.plan.policy.Ip;
import java.util.Optional;
import java.util.regex.Pattern;

/** Judges the text of {@code spec.hostname} without asking anyone. */
final class Hostname {
  private static final int MAX_LENGTH = 253;
  private static final Pattern CLEAN = Pattern.compile("[A-Za-z0-9._-]*");
  private static final Pattern COLONED = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
  private static final Pattern LABEL =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+|0[xX][0-9a-fA-F]*");

  private Hostname() {}

  /** The kinds of hostname. */
  enum Kind {
    NAME,
    IPV4,
    IPV6
  }

  /** What a text without a {@link #fault} is. */
  static Kind kind(String hostname) {
    if (isIpv4(hostname)) {
      return Kind.IPV4;
    }
    return hostname.indexOf(':') >= 0 ? Kind.IPV6 : Kind.NAME;
  }

  /** The sentence for a text that is no hostname; empty if it is one. */
  static Optional<String> fault(String hostname) {
    if (hostname.isEmpty()) {
      return Optional.of(Rules.HOSTNAME_BARE_SENTENCE);
    }
    if (hostname.length() > MAX_LENGTH) {
      return Optional.of("write a name of at most 253 characters");
    }
    if (hostname.chars().anyMatch(c -> c > 0x7f)) {
      return Optional.of(Rules.HOSTNAME_ASCII_SENTENCE);
    }
    if (COLONED.matcher(hostname).matches()) {
      return ipv6Fault(hostname);
    }
    if (!CLEAN.matcher(hostname).matches()) {
      return Optional.of(Rules.HOSTNAME_BARE_SENTENCE);
    }
    if (hostname.contains("_")) {
      return Optional.of(Rules.HOSTNAME_UNDERSCORE_SENTENCE);
    }
    return isIpv4(hostname) ? Optional.empty() : nameFault(hostname);
  }

  private static Optional<String> nameFault(String hostname) {
    String[] labels =
        (hostname.endsWith(".") ? hostname.substring(0, hostname.length() - 1) : hostname)
            .split("[.]", -1);
    for (String label : labels) {
      if (!LABEL.matcher(label).matches()) {
        return Optional.of(Rules.HOSTNAME_LABELS_SENTENCE);
      }
    }
    return NUMBER.matcher(labels[labels.length - 1]).matches()
        ? Optional.of(Rules.HOSTNAME_NUMERIC_SENTENCE)
        : Optional.empty();
  }

  /** Never a short or octal form, which each resolver reads in its own way. */
  private static boolean isIpv4(String hostname) {
    return hostname.indexOf(':') < 0 && Ip.parse(hostname).isPresent();
  }

  private static Optional<String> ipv6Fault(String hostname) {
    Optional<Ip> address = Ip.parse(hostname);
    if (address.isEmpty()) {
      return Optional.of(Rules.HOSTNAME_BARE_SENTENCE);
    }
    return address.get().v6() ? Optional.empty() : Optional.of(Rules.HOSTNAME_MAPPED_SENTENCE);
  }
}
