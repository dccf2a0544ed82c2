package dev.pingcheck.operator;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/** Who and where this operator is, as far as it can tell without being told. */
final class Identity {
  private static final Path POD_NAMESPACE =
      Path.of("/var/run/secrets/kubernetes.io/serviceaccount/namespace");
  private static final String USUAL_NAMESPACE = "pingcheck-system";

  private Identity() {}

  /** The pod's name is its host name. */
  static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "pingcheck-operator";
    }
  }

  /**
   * Two operators of one host serve two sockets; a container that is started again serves the same.
   */
  static String of(Path socket) {
    int hash = socket.toAbsolutePath().toString().hashCode();
    return host() + "_" + HexFormat.of().toHexDigits(hash);
  }

  /** The pod's namespace; outside of a pod the usual one. */
  static String namespace() {
    try {
      return Files.readString(POD_NAMESPACE, StandardCharsets.UTF_8).strip();
    } catch (IOException noPod) {
      return USUAL_NAMESPACE;
    }
  }
}
