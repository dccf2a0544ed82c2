package dev.pingcheck.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageServerTest {
  private final ManyChecks checks = new ManyChecks();

  /** The whole answer to a request as it stands; the connection is closed after it. */
  private static String raw(int port, String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String askFor(int port, String path, String host) throws IOException {
    return raw(
        port, "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
  }

  @Test
  void eachAnswerForbidsFramesAndScriptsOfOthers() throws Exception {
    try (ServedPage page = new ServedPage(checks)) {
      for (String path : List.of("/", "/app.js", "/api/matrix", "/no-such-thing")) {
        HttpResponse<String> answer = page.get(path);
        assertThat(answer.headers().firstValue("Content-Security-Policy"))
            .hasValueSatisfying(policy ->
                assertThat(policy)
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe"));
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.headers().firstValue("Cross-Origin-Resource-Policy"))
            .hasValue("same-origin");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
      }
    }
  }

  @Test
  void dataIsNeverKeptAndFilesAreAskedForByTheirTag() throws Exception {
    try (ServedPage page = new ServedPage(checks)) {
      assertThat(page.get("/api/matrix").headers().firstValue("Cache-Control"))
          .hasValue("no-store");
      HttpResponse<String> file = page.get("/page.css");
      assertThat(file.statusCode()).isEqualTo(200);
      assertThat(file.headers().firstValue("Cache-Control")).hasValue("no-cache");
      assertThat(file.headers().firstValue("Content-Type")).hasValue("text/css; charset=utf-8");
      String tag = file.headers().firstValue("ETag").orElseThrow();
      HttpResponse<String> again = page.send("GET", "/page.css", "If-None-Match", tag);
      assertThat(again.statusCode()).isEqualTo(304);
      assertThat(again.body()).isEmpty();
    }
  }

  @Test
  void eachFileIsThereAndNothingElseOfTheClassPath() throws Exception {
    try (ServedPage page = new ServedPage(checks)) {
      for (String name : PageFiles.NAMES) {
        assertThat(page.get("/" + name).statusCode()).as(name).isEqualTo(200);
      }
      for (String path :
          List.of(
              "/PageFiles.class", "/../PageFiles.class", "/%2e%2e/page/app.js", "/etc/passwd")) {
        assertThat(page.get(path).statusCode()).as(path).isEqualTo(404);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"})
  void onlyReadingIsAllowed(String method) throws Exception {
    try (ServedPage page = new ServedPage(checks)) {
      HttpResponse<String> answer = page.send(method, "/api/matrix");
      assertThat(answer.statusCode()).isEqualTo(405);
      assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD");
    }
  }

  @Test
  void aHeadIsAnsweredWithoutABody() throws Exception {
    try (ServedPage page = new ServedPage(checks)) {
      for (String path : List.of("/", "/api/matrix", "/api/changes")) {
        HttpResponse<String> answer = page.send("HEAD", path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        assertThat(answer.body()).as(path).isEmpty();
      }
    }
  }

  @Test
  void aForeignNameForTheLoopbackInterfaceIsRefused() throws Exception {
    PageSettings settings = ServedPage.settings("", Set.of("ping.example.com"), 8, 64);
    try (ServedPage page = new ServedPage(checks, settings)) {
      for (String host :
          List.of(
              "localhost",
              "LOCALHOST:1",
              "127.0.0.1",
              "127.1.2.3:80",
              "[::1]:9",
              "ping.example.com")) {
        assertThat(askFor(page.port, "/api/matrix", host)).as(host).startsWith("HTTP/1.1 200");
      }
      for (String host :
          List.of(
              "evil.example.com",
              "127.0.0.1.evil.example.com",
              "localhost.evil.example",
              "192.0.2.1",
              "")) {
        assertThat(askFor(page.port, "/api/matrix", host)).as(host).matches("(?s)HTTP/1.1 4.*");
      }
    }
  }

  @Test
  void allOfItLiesBelowThePrefix() throws Exception {
    PageSettings settings = ServedPage.settings("/ops/ping.check", Set.of(), 8, 64);
    PageRoutes other =
        router -> router.route("/api/evidence/x").handler(c -> c.response().end("of others"));
    try (ServedPage page = new ServedPage(checks, settings, other)) {
      assertThat(page.get("/ops/ping.check/").body()).startsWith("<!doctype html>");
      assertThat(page.get("/ops/ping.check/app.js").statusCode()).isEqualTo(200);
      assertThat(page.get("/ops/ping.check/api/matrix").statusCode()).isEqualTo(200);
      assertThat(page.get("/ops/ping.check/api/evidence/x").body()).isEqualTo("of others");
      assertThat(page.get("/").statusCode()).isEqualTo(404);
      assertThat(page.get("/ops/pingxcheck").statusCode()).isEqualTo(404);
      HttpResponse<String> bare = page.get("/ops/ping.check");
      assertThat(bare.statusCode()).isEqualTo(308);
      assertThat(bare.headers().firstValue("Location")).hasValue("ping.check/");
    }
  }

  @Test
  void noFileNamesAnAbsolutePathOrAnotherHost() throws Exception {
    try (ServedPage page = new ServedPage(checks)) {
      for (String name : PageFiles.NAMES) {
        String text = page.get("/" + name).body().replace("http://www.w3.org/2000/svg", "");
        assertThat(text).as(name).doesNotContain("http://", "https://");
        assertThat(text)
            .as(name)
            .doesNotContainPattern("(src|href|fetch\\(|EventSource\\()=?[\"'`]/");
        assertThat(text)
            .as(name)
            .doesNotContainPattern(
                "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|eval\\(");
      }
    }
  }

  @Test
  void connectionsAreBounded() throws Exception {
    PageSettings settings = ServedPage.settings("", Set.of(), 8, 3);
    List<Socket> held = new ArrayList<>();
    try (ServedPage page = new ServedPage(checks, settings)) {
      for (int i = 0; i < 3; i++) {
        Socket socket = new Socket("127.0.0.1", page.port);
        held.add(socket);
        socket.setSoTimeout(60_000);
        socket
            .getOutputStream()
            .write(
                "GET /api/matrix HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
        assertThat(socket.getInputStream().read()).isEqualTo('H');
      }
      try (Socket tooMany = new Socket("127.0.0.1", page.port)) {
        tooMany.setSoTimeout(60_000);
        assertThat(tooMany.getInputStream().read()).isEqualTo(-1);
      }
      held.removeFirst().close();
      org.awaitility.Awaitility.await()
          .atMost(60, java.util.concurrent.TimeUnit.SECONDS)
          .ignoreExceptions()
          .until(() -> askFor(page.port, "/api/matrix", "localhost").startsWith("HTTP/1.1 200"));
    } finally {
      for (Socket socket : held) {
        socket.close();
      }
    }
  }

  @Test
  void oneThatDoesNotExistIsToldInASentence() throws Exception {
    try (ServedPage page = new ServedPage(checks)) {
      checks.put("a", "one", 0);
      assertThat(page.get("/api/checks/a/one").statusCode()).isEqualTo(200);
      HttpResponse<String> answer = page.get("/api/rounds/a/two");
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
      assertThat(answer.body()).isEqualTo("There is no PingCheck a/two.\n");
    }
  }
}
