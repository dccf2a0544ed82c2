package dev.pingcheck.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pingcheck.clock.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketFileTest {
  @TempDir Path folder;

  private LinkServer server(Path socket) {
    return new LinkServer(socket, new PlanBook(), (from, report, safe) -> {}, Clock.system());
  }

  @Test
  void theSocketHasMode0660InAFolderMadeForItAndGoesWithItsOperator() throws IOException {
    Path socket = folder.resolve("run/pingcheck/link.sock");
    LinkServer server = server(socket);
    server.start();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
        .isEqualTo("rw-rw----");
    server.close();
    try (Stream<Path> left = Files.list(socket.getParent())) {
      assertThat(left).containsExactly(socket.resolveSibling("link.sock.lock"));
    }
  }

  @Test
  void theSocketIsBoundWhereOnlyItsOwnerMayEnter() throws IOException {
    try (SocketFile file = SocketFile.claim(folder.resolve("link.sock"))) {
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(file.bindPath().getParent())))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void aDeadOperatorsSocketIsReplaced() throws IOException {
    Path socket = folder.resolve("link.sock");
    try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(socket));
    }
    Files.createDirectory(folder.resolve(".link.sock"));
    assertThat(socket).exists();
    try (LinkServer server = server(socket)) {
      server.start();
      assertThat(server.connectedProbes()).isZero();
    }
  }

  @Test
  void aSecondOperatorIsRefusedAndTheFirstServesOn() throws IOException {
    Path socket = folder.resolve("link.sock");
    try (LinkServer first = server(socket)) {
      first.start();
      assertThatThrownBy(() -> server(socket).start())
          .isInstanceOf(IOException.class)
          .hasMessage(
              "Another operator serves the socket "
                  + socket
                  + " already; stop it or give this one another path.");
      assertThat(socket).exists();
    }
  }

  @Test
  void aSocketThatSomethingElseServesIsRefused() throws IOException {
    Path socket = folder.resolve("link.sock");
    try (ServerSocketChannel alive = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      alive.bind(UnixDomainSocketAddress.of(socket));
      assertThatThrownBy(() -> server(socket).start())
          .hasMessageStartingWith("Another operator serves the socket ");
    }
  }

  @Test
  void aFileThatIsNoSocketIsNeverRemoved() throws IOException {
    Path file = Files.writeString(folder.resolve("precious"), "text");
    assertThatThrownBy(() -> server(file).start())
        .hasMessage(
            "There is a file at the socket path "
                + file
                + " that is no socket; remove it or choose another path.");
    assertThat(file).hasContent("text");
  }

  @Test
  void aPathThatIsTooLongIsRefusedByBothSides() {
    Path socket = folder.resolve("x".repeat(108));
    assertThatThrownBy(() -> server(socket).start())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a Unix socket allows 104: choose a shorter one.");
    LinkClient client =
        new LinkClient(
            socket, "ab", new RecordingListener(), Clock.system(), LinkClientLimits.defaults());
    assertThatThrownBy(client::start)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("a Unix socket allows 107: choose a shorter one.");
  }
}
