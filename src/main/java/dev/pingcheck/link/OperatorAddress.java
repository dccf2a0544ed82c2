package dev.pingcheck.link;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where a probe finds its operator, and how it dials there. */
public sealed interface OperatorAddress {

  /**
   * @throws IOException with a sentence if it can never be dialled
   */
  void check() throws IOException;

  /**
   * Begins a connection; whether it comes about is seen from the calls.
   *
   * @throws IOException with a sentence if what is needed for it cannot be read
   */
  Line dial(LinkThread thread) throws IOException;

  /** Why a connection has failed, without a full stop. */
  String failure(Throwable cause);

  /** How long an operator that is there may take to answer; empty where the kernel tells. */
  Optional<Duration> patience();

  /** Whether an operator may still come while this probe ends. */
  boolean outlivesTheProbe();

  /**
   * In the same pod.
   *
   * @param socket its Unix domain socket
   */
  record Beside(Path socket) implements OperatorAddress {
    @Override
    public void check() throws IOException {
      SocketFile.checkLength(socket);
    }

    @Override
    public Line dial(LinkThread thread) {
      return LocalDial.dial(socket, thread);
    }

    @Override
    public String failure(Throwable cause) {
      return DialFailure.ofSocket(cause);
    }

    @Override
    public Optional<Duration> patience() {
      return Optional.empty();
    }

    /** Both end with their pod. */
    @Override
    public boolean outlivesTheProbe() {
      return false;
    }

    @Override
    public String toString() {
      return socket.toString();
    }
  }

  /**
   * On the network. Both files are read at each dial, as the kubelet replaces them.
   *
   * @param host a name, which is looked up at each dial and which the operator's certificate must
   *     bear, or an address
   * @param port 1 to 65535
   * @param caFile certificates of the authorities that are trusted, in PEM form
   * @param tokenFile a token of the pod's ServiceAccount for the audience {@code pingcheck}
   * @param role what this probe wants to be
   * @param node the node that this probe believes to be on
   */
  record Remote(
      String host, int port, Path caFile, Path tokenFile, ProbeRole role, Optional<String> node)
      implements OperatorAddress {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @Override
    public void check() {}

    @Override
    public Line dial(LinkThread thread) throws IOException {
      return NetworkDial.dial(this, thread);
    }

    @Override
    public String failure(Throwable cause) {
      return DialFailure.ofNetwork(cause, this);
    }

    @Override
    public Optional<Duration> patience() {
      return Optional.of(PATIENCE);
    }

    @Override
    public boolean outlivesTheProbe() {
      return true;
    }

    @Override
    public String toString() {
      return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
  }
}
