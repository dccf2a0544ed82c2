package dev.pingcheck.cli.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.UpgradeRejectedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ApiFaultTest {
  @TempDir private Path folder;
  private final StringWriter err = new StringWriter();

  @AfterEach
  void forgetTheKubeconfig() {
    System.clearProperty("kubeconfig");
  }

  private static String sentence(int code, String message) {
    return ApiFault.sentence(
        new KubernetesClientException(
            new StatusBuilder().withCode(code).withMessage(message).build()));
  }

  private int run(String... arguments) {
    CommandLine command = KubectlPingcheck.commandLine();
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }

  private String kubeconfig(int port) throws IOException {
    Path file = folder.resolve("config");
    Files.writeString(
        file,
        """
        apiVersion: v1
        kind: Config
        current-context: here
        contexts:
        - {name: here, context: {cluster: c, user: u}}
        clusters:
        - {name: c, cluster: {server: "http://127.0.0.1:%d"}}
        users:
        - {name: u, user: {token: secret}}
        """
            .formatted(port));
    return file.toString();
  }

  @Test
  void aMissingRightIsNamed() {
    assertThat(
            sentence(
                403,
                "pingchecks.pingcheck.dev is forbidden: User \"eve\" cannot create resource"
                    + " \"pingchecks\" in API group \"pingcheck.dev\" in the namespace \"prod\""))
        .isEqualTo(
            "eve may not create pingchecks.pingcheck.dev in the namespace prod: ask for a role with"
                + " the verb \"create\" on the resource \"pingchecks\" of the API group"
                + " pingcheck.dev; view has the reading verbs of it, edit and admin have all");
    assertThat(
            sentence(
                403,
                "pods is forbidden: User \"eve\" cannot list resource \"pods\" in API group \"\" at"
                    + " the cluster scope"))
        .isEqualTo(
            "eve may not list pods in the whole cluster: ask for a role with the verb \"list\" on"
                + " the resource \"pods\"");
  }

  @Test
  void aRefusalForAnotherReasonIsPassedOn() {
    assertThat(sentence(403, "the namespace is being\nterminated"))
        .isEqualTo("the API server forbids it: the namespace is being terminated");
    assertThat(sentence(422, "PingCheck \"x\" is invalid: spec.count: too much"))
        .isEqualTo("the API server refused: PingCheck \"x\" is invalid: spec.count: too much");
    assertThat(sentence(401, "Unauthorized"))
        .isEqualTo(
            "the API server does not know you: log in again, or name another user's --context");
  }

  private static Optional<String> answer(String body) {
    Throwable refused =
        new UpgradeRejectedException(
            "WebSocket upgrade failure: 403",
            403,
            MultiMap.caseInsensitiveMultiMap(),
            body == null ? null : Buffer.buffer(body));
    return ApiFault.answer(new IOException(refused)).map(ApiFault::sentence);
  }

  @Test
  void aPortForwardThatIsForbiddenNamesTheMissingRight() {
    assertThat(
            answer(
                """
                {"kind":"Status","apiVersion":"v1","status":"Failure","reason":"Forbidden","code":403,
                 "message":"pods \\"op-1\\" is forbidden: User \\"eve\\" cannot create resource \
                \\"pods/portforward\\" in API group \\"\\" in the namespace \\"pingcheck-system\\"",
                 "details":{"name":"op-1","kind":"pods"}}
                """))
        .contains(
            "eve may not create pods/portforward in the namespace pingcheck-system: ask for a role"
                + " with the verb \"create\" on the resource \"pods/portforward\"");
  }

  @Test
  void aPortForwardThatAProxyForbidsIsToldInItsWords() {
    assertThat(answer("<html>no\nway</html>"))
        .contains("the API server forbids it: <html>no way</html>");
    assertThat(answer(null)).contains("the API server forbids it: WebSocket upgrade failure: 403");
    assertThat(ApiFault.answer(new IOException("a broken pipe"))).isEmpty();
  }

  @Test
  void aClusterWithoutTheKindIsSaidInOneSentence() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] nothing = "404 page not found\n".getBytes(StandardCharsets.US_ASCII);
          exchange.sendResponseHeaders(404, nothing.length);
          exchange.getResponseBody().write(nothing);
          exchange.close();
        });
    server.start();
    try {
      String config = kubeconfig(server.getAddress().getPort());
      assertThat(run("top", "--once", "--kubeconfig", config)).isEqualTo(2);
      assertThat(run("why", "gw", "--kubeconfig", config)).isEqualTo(2);
      assertThat(err.toString())
          .isEqualTo(
              """
              kubectl-pingcheck top: this cluster has no PingChecks: install PingCheck (docs/install.md), or name another cluster by --context
              kubectl-pingcheck why: this cluster has no PingChecks: install PingCheck (docs/install.md), or name another cluster by --context
              """);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void anApiServerThatIsAwayIsSaidInOneSentence() throws IOException {
    // Nobody listens on port 1 of the loopback interface.
    assertThat(run("why", "gw", "--kubeconfig", kubeconfig(1))).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo(
            "kubectl-pingcheck why: the API server cannot be reached (Connection refused): is the"
                + " cluster up, and does the kubeconfig's context name it?\n");
  }

  @Test
  void aWrongCommandLineIsSaidInOneSentenceAndAHint() throws IOException {
    assertThat(run("why", "gw", "--context", "away", "--kubeconfig", kubeconfig(1))).isEqualTo(2);
    assertThat(run("run", "gw", "-i", "often")).isEqualTo(2);
    assertThat(run("why", "gw", "--kubeconfig", folder.resolve("none").toString())).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo(
            """
            kubectl-pingcheck why: the kubeconfig has no context away; it has: here
            kubectl-pingcheck run: Invalid value for option '-i': 'often' is no time: write seconds such as 0.2, or a duration as 200ms
            Try 'kubectl-pingcheck run --help'.
            kubectl-pingcheck why: %s cannot be read: name a kubeconfig that you may read by --kubeconfig
            """
                .formatted(folder.resolve("none")));
  }
}
