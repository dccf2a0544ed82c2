package dev.pingcheck.cli.kubectl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.pingcheck.evidence.EvidenceFolder;
import dev.pingcheck.evidence.EvidenceRoutes;
import dev.pingcheck.page.PageAddress;
import dev.pingcheck.page.PageServer;
import dev.pingcheck.page.PageSettings;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a small server that answers as the operator's page does. */
class PcapTest {
  private static final String LIST =
      """
      [{"file":"b.pcap","time":"2026-03-01T10:00:00Z","packets":12,"bytes":3456,"new":1},
       {"file":"a.pcap","time":"2026-03-01T09:00:00Z","packets":1,"bytes":99}]
      """;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private HttpServer server;
  private PageApi api;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getRawPath();
          String body =
              switch (path) {
                case "/api/evidence/prod/gw" -> LIST;
                case "/api/evidence/prod/other" -> "[]";
                case "/api/evidence/prod/gw/b.pcap" -> "packets";
                default -> "There is no capture of that check.";
              };
          byte[] octets = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(body.startsWith("There") ? 404 : 200, octets.length);
          exchange.getResponseBody().write(octets);
          exchange.close();
        });
    server.start();
    api = new PageApi(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), PATIENCE);
  }

  @AfterEach
  void end() {
    api.close();
    server.stop(0);
  }

  private static Captures captures(PodAnswers.Way<List<EvidenceFile>> way) throws Exception {
    return Captures.of(PodAnswers.of(List.of("pod-1", "pod-2"), way));
  }

  @Test
  void capturesAreListedNewestFirstAcrossPods() throws Exception {
    EvidenceFile between = new EvidenceFile("c.pcap", "2026-03-01T09:30:00Z", 3, 100);
    Captures captures =
        captures(pod -> pod.equals("pod-1") ? api.captures("prod", "gw") : List.of(between));
    assertThat(captures.named(Optional.empty()).stream().map(Captures.Found::line))
        .containsExactly(
            "2026-03-01T10:00:00Z  b.pcap  12 packets, 3456 octets, in pod-1",
            "2026-03-01T09:30:00Z  c.pcap  3 packets, 100 octets, in pod-2",
            "2026-03-01T09:00:00Z  a.pcap  1 packets, 99 octets, in pod-1");
    assertThat(captures.named(Optional.of("c.pcap")))
        .containsExactly(new Captures.Found("pod-2", between));
    assertThat(captures.silent()).isEmpty();
  }

  @Test
  void aFaultOnTheWayToAPodHidesNothingOfTheOthersEither() throws Exception {
    Captures captures =
        captures(pod -> {
          if (pod.equals("pod-1")) {
            throw new KubernetesClientException("no way there", new ConnectException("refused"));
          }
          return api.captures("prod", "gw");
        });
    assertThat(captures.found()).hasSize(2);
    assertThat(captures.silent()).singleElement().asString().contains("cannot be reached");
  }

  @Test
  void aPodThatCannotBeAskedHidesNothingOfTheOthers() throws Exception {
    Captures captures =
        captures(pod -> {
          if (pod.equals("pod-1")) {
            throw new Refusal("the pod pod-1 gives no captures");
          }
          return api.captures("prod", "gw");
        });
    assertThat(captures.named(Optional.empty()).stream().map(each -> each.capture().file()))
        .containsExactly("b.pcap", "a.pcap");
    assertThat(captures.silent()).containsExactly("the pod pod-1 gives no captures");
  }

  @Test
  void aPodWhoseOperatorIsStartingIsToldFromOneThatMayNotBeAsked() {
    assertThat(
            OperatorPod.sentence(
                "captures", "pod-1", 8081, "dial tcp4 127.0.0.1:8081: connection refused"))
        .isEqualTo(
            "the pod pod-1 serves no page on port 8081: its operator is starting or ending; if it"
                + " stays so, it has another --page-address, which --page-port tells");
    assertThat(OperatorPod.sentence("captures", "pod-1", 8081, "pods/portforward is forbidden"))
        .startsWith("the pod pod-1 gives no captures (pods/portforward is forbidden): you need");
  }

  @Test
  void aPodThatEndsIsNotAsked() {
    Pod running =
        new PodBuilder()
            .withNewMetadata()
            .endMetadata()
            .withNewStatus()
            .withPhase("Running")
            .endStatus()
            .build();
    assertThat(OperatorPods.runs(running)).isTrue();
    Pod ending =
        new PodBuilder(running)
            .editMetadata()
            .withDeletionTimestamp("2026-03-01T10:00:00Z")
            .endMetadata()
            .build();
    assertThat(OperatorPods.runs(ending)).isFalse();
    assertThat(OperatorPods.runs(new PodBuilder(running).withStatus(null).build())).isFalse();
  }

  @Test
  void aPageBelowAPrefixIsToldFromACheckWithoutCaptures(@TempDir Path folder) throws Exception {
    Vertx vertx = Vertx.vertx();
    PageSettings settings =
        PageSettings.of(new PageAddress("127.0.0.1", 0), "/pingcheck", Set.of());
    EvidenceFolder empty = new EvidenceFolder(folder, EvidenceFolder.Limits.DEFAULT);
    try (PageServer page = new PageServer(vertx, settings, List.of(new EvidenceRoutes(empty)))) {
      String address = "http://127.0.0.1:" + await(page.start());
      try (PageApi below = new PageApi(URI.create(address + "/pingcheck"), PATIENCE);
          PageApi beside = new PageApi(URI.create(address), PATIENCE)) {
        assertThat(below.captures("prod", "gw")).isEmpty();
        assertThatThrownBy(() -> beside.captures("prod", "gw"))
            .isInstanceOf(Refusal.class)
            .hasMessage(
                "the operator has nothing at /api/evidence/prod/gw: if it has a --page-prefix, name"
                    + " the same");
      }
    } finally {
      await(vertx.close());
    }
  }

  private static <T> T await(Future<T> answer) throws Exception {
    return answer.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  @Test
  void aPrefixThatIsNoneIsRefused() {
    StringWriter err = new StringWriter();
    int exitCode =
        KubectlPingcheck.commandLine()
            .setErr(new PrintWriter(err))
            .execute("pcap", "gw", "--page-prefix", "http://x");
    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString())
        .startsWith(
            "kubectl-pingcheck pcap: --page-prefix must be a path such as /pingcheck, not"
                + " http://x");
  }

  @Test
  void aCaptureIsCopiedAsItIs() throws Exception {
    ByteArrayOutputStream copy = new ByteArrayOutputStream();
    assertThat(api.copy("prod", "gw", "b.pcap", copy)).isEqualTo(7);
    assertThat(copy.toString(StandardCharsets.UTF_8)).isEqualTo("packets");
  }

  @Test
  void whatIsNotThereIsNoneOrASentence() throws Exception {
    assertThat(api.captures("prod", "other")).isEmpty();
    assertThatThrownBy(() -> api.copy("prod", "gw", "z.pcap", new ByteArrayOutputStream()))
        .isInstanceOf(Refusal.class)
        .hasMessage("the operator refused: There is no capture of that check.");
    assertThatThrownBy(() -> EvidenceFile.list("<html>"))
        .isInstanceOf(Refusal.class)
        .hasMessage("the operator's list of captures cannot be read: is it of another version?");
  }

  @Test
  void theNameOfAFileLeadsNowhereElse() {
    assertThat(PcapCommand.fileName("gw-2026.pcap")).isEqualTo("gw-2026.pcap");
    assertThat(PcapCommand.fileName("../../etc/x")).isEqualTo("_.._etc_x");
    assertThat(PcapCommand.fileName("..")).isEqualTo("capture.pcap");
  }
}
