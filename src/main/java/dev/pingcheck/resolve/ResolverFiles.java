package dev.pingcheck.resolve;

import java.nio.file.Path;

/**
 * Where a machine says how names are resolved.
 *
 * @param resolvConf the servers and the search list, resolv.conf(5)
 * @param hosts names that no server is asked for, hosts(5)
 * @param port the UDP and TCP port of the servers
 */
public record ResolverFiles(Path resolvConf, Path hosts, int port) {
  private static final int DNS = 53;

  /** The machine's own. */
  public static ResolverFiles system() {
    return new ResolverFiles(Path.of("/etc/resolv.conf"), Path.of("/etc/hosts"), DNS);
  }
}
