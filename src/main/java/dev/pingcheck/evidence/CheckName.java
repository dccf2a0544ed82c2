package dev.pingcheck.evidence;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A check by the name that Kubernetes gives it, which is safe as a path: no separator, and no dot
 * at the start.
 *
 * @param namespace an RFC 1123 label
 * @param name an RFC 1123 subdomain
 */
record CheckName(String namespace, String name) {
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern SUBDOMAIN = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

  /** Empty for what is no such name. */
  static Optional<CheckName> read(String namespace, String name) {
    return LABEL.matcher(namespace).matches() && SUBDOMAIN.matcher(name).matches()
        ? Optional.of(new CheckName(namespace, name))
        : Optional.empty();
  }

  /** The folder of its files. */
  Path below(Path root) {
    return root.resolve(namespace).resolve(name);
  }
}
