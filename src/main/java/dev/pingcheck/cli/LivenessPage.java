package dev.pingcheck.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;

/**
 * Says over HTTP whether a process lives, for whoever ends and starts it again if it does not
 * answer, as a kubelet does. It reads nothing of the request: each path gets the same answer.
 */
final class LivenessPage implements AutoCloseable {
  /** A kubelet's request comes with its connection; who is silent must not hold up the next. */
  private static final int PATIENCE_MILLIS = 500;

  /** With the one that is served, times the patience: less than the five seconds of a kubelet. */
  private static final int BACKLOG = 6;

  private static final int REQUEST_OCTETS = 2048;

  private final ServerSocket server;
  private final BooleanSupplier alive;

  private LivenessPage(ServerSocket server, BooleanSupplier alive) {
    this.server = server;
    this.alive = alive;
  }

  /**
   * Serves on all addresses until it is closed.
   *
   * @param port 0 for any free one
   * @throws UncheckedIOException with a sentence if the port cannot be had
   */
  static LivenessPage serve(int port, BooleanSupplier alive) {
    try {
      ServerSocket server = new ServerSocket();
      server.bind(new InetSocketAddress(port), BACKLOG);
      LivenessPage page = new LivenessPage(server, alive);
      Thread.ofPlatform().name("pingcheck-liveness").daemon().start(page::answerAll);
      return page;
    } catch (IOException e) {
      throw new UncheckedIOException(
          new IOException(
              "The liveness port "
                  + port
                  + " cannot be had ("
                  + e.getMessage()
                  + "): choose another one by --liveness-port.",
              e));
    }
  }

  int port() {
    return server.getLocalPort();
  }

  private void answerAll() {
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        answer(client);
      } catch (IOException e) {
        // This one has gone or was too slow: the next.
      }
    }
  }

  private void answer(Socket client) throws IOException {
    client.setSoTimeout(PATIENCE_MILLIS);
    if (client.getInputStream().read(new byte[REQUEST_OCTETS]) < 0) {
      return;
    }
    boolean isAlive = alive.getAsBoolean();
    String body = isAlive ? "alive\n" : "the echo loop does not go around\n";
    String head =
        "HTTP/1.1 %s\r\nContent-Type: text/plain\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
            .formatted(isAlive ? "200 OK" : "503 Service Unavailable", body.length());
    OutputStream out = client.getOutputStream();
    out.write((head + body).getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
