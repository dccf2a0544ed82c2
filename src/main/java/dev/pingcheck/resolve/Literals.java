package dev.pingcheck.resolve;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/** Addresses that are written as such. */
public final class Literals {
  /** Four parts: the older short forms such as 10.1 are names, as everywhere in Kubernetes. */
  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

  private Literals() {}

  /** Whether a host name is an address, so that nothing has to be looked up. */
  public static boolean isLiteral(String hostname) {
    return parse(hostname).isPresent();
  }

  /** The address that a text is, without any lookup; empty if it is a name. */
  static Optional<InetAddress> parse(String text) {
    if (text.indexOf(':') < 0 && !IPV4.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException name) {
      return Optional.empty();
    }
  }
}
