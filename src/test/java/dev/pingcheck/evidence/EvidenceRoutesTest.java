package dev.pingcheck.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.stats.EvidenceName;
import dev.pingcheck.stats.RoundId;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The routes over a socket, with paths that no client library would send. */
class EvidenceRoutesTest {
  private static final EvidenceName NAME =
      new EvidenceName(Instant.parse("2026-01-01T00:00:00.123Z"), new RoundId("9f3c21aa", 17));

  @TempDir Path root;
  private Vertx vertx;
  private HttpServer server;

  @BeforeEach
  void serve() throws Exception {
    Files.writeString(root.resolve("secret"), "secret");
    EvidenceFolder folder =
        new EvidenceFolder(root.resolve("evidence"), EvidenceFolder.Limits.DEFAULT);
    folder.put(
        CheckName.read("team", "gateway").orElseThrow(),
        NAME,
        "octets".getBytes(StandardCharsets.UTF_8));
    vertx = Vertx.vertx();
    Router router = Router.router(vertx);
    new EvidenceRoutes(folder).addTo(router);
    server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(60, TimeUnit.SECONDS);
  }

  @AfterEach
  void end() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private String get(String path) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.actualPort())) {
      socket.setSoTimeout(60_000);
      String request = "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void theFilesOfACheckAreListed() throws IOException {
    assertThat(get("/api/evidence/team/gateway"))
        .startsWith("HTTP/1.1 200")
        .endsWith(
            "[{\"file\":\"20260101T000000.123Z-9f3c21aa-17.pcapng\","
                + "\"time\":\"2026-01-01T00:00:00.123Z\",\"packets\":0,\"bytes\":6}]\n");
    assertThat(get("/api/evidence/team/other")).startsWith("HTTP/1.1 200").endsWith("[]\n");
  }

  @Test
  void aFileIsAnAttachmentOfASafeName() throws IOException {
    assertThat(get("/api/evidence/team/gateway/" + NAME))
        .startsWith("HTTP/1.1 200")
        .contains("content-type: application/vnd.tcpdump.pcap")
        .contains("attachment; filename=\"team-gateway-20260101T000000.123Z-9f3c21aa-17.pcapng\"")
        .contains("x-content-type-options: nosniff")
        .endsWith("\r\n\r\noctets");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/evidence/team/gateway/../../../secret",
        "/api/evidence/team/gateway/..%2F..%2F..%2Fsecret",
        "/api/evidence/team/gateway/%2e%2e%2f%2e%2e%2f%2e%2e%2fsecret",
        "/api/evidence/..%2F../secret",
        "/api/evidence/../secret",
        "/api/evidence/team/..",
        "/api/evidence/%2e%2e/team",
        "/api/evidence/team/gateway/%00",
        "/api/evidence/team/gateway/secret",
        "/api/evidence/TEAM/gateway",
        "/api/evidence/team/gateway/20260101T000000.123Z-9f3c21aa-18.pcapng"
      })
  void whatIsNoFileIsNotFoundWhateverItsPathSays(String path) throws IOException {
    assertThat(get(path)).startsWith("HTTP/1.1 404").doesNotContain("secret\n", "octets");
  }
}
