package dev.pingcheck.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class LivenessPageTest {
  private final AtomicBoolean alive = new AtomicBoolean(true);

  @Test
  void whatLivesIs200AndWhatHangsIs503() throws IOException {
    try (LivenessPage page = LivenessPage.serve(0, alive::get)) {
      assertThat(ask(page.port())).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\nalive\n");
      alive.set(false);
      assertThat(ask(page.port()))
          .startsWith("HTTP/1.1 503 Service Unavailable\r\n")
          .endsWith("\r\n\r\nthe echo loop does not go around\n");
    }
  }

  @Test
  void clientThatSaysNothingDoesNotHoldUpTheNext() throws IOException {
    try (LivenessPage page = LivenessPage.serve(0, alive::get);
        Socket silent = new Socket(InetAddress.getLoopbackAddress(), page.port())) {
      assertThat(ask(page.port())).startsWith("HTTP/1.1 200 OK\r\n");
      assertThat(silent.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void portThatIsTakenIsRefusedWithASentence() {
    try (LivenessPage page = LivenessPage.serve(0, alive::get)) {
      assertThatThrownBy(() -> LivenessPage.serve(page.port(), alive::get))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("The liveness port " + page.port() + " cannot be had");
    }
  }

  /** Asks until there is an answer, as a kubelet does: who is slow to ask is hung up on. */
  private static String ask(int port) {
    return Awaitility.await()
        .ignoreExceptions()
        .until(() -> askOnce(port), answer -> !answer.isEmpty());
  }

  private static String askOnce(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket
          .getOutputStream()
          .write("GET /livez HTTP/1.1\r\nHost: probe\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }
}
