package dev.pingcheck.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.evidence.EvidenceFolder;
import dev.pingcheck.evidence.EvidenceRoutes;
import dev.pingcheck.kube.ApiServer;
import dev.pingcheck.lab.Lab;
import dev.pingcheck.pipeline.PacketFile.Frame;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** From a packet that is dropped to a file that tshark reads, on real parts. */
class EvidenceIT {
  @RegisterExtension static final ApiServer api = new ApiServer();

  private static final String CAPTURED = "capture: OnLoss";

  private static Lab lab;
  private static Pipeline pipeline;
  private static Vertx vertx;
  private static HttpServer server;

  @BeforeAll
  static void start() throws Exception {
    lab = Lab.builder().hosts("lossy", "forbidding", "refused", "unseen", "fine").open();
    // For the probe that is started with ping sockets.
    lab.prober().exec("sh", "-c", "echo 0 2147483647 > /proc/sys/net/ipv4/ping_group_range");
    pipeline = new Pipeline(api, lab).start();
    // So that the capture runs as long as there is a probe with raw sockets.
    pipeline.apply("fine", lab.host("fine").address4(), CAPTURED);
    vertx = Vertx.vertx();
    Router router = Router.router(vertx);
    new EvidenceRoutes(new EvidenceFolder(pipeline.evidence(), EvidenceFolder.Limits.DEFAULT))
        .addTo(router);
    server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(Pipeline.PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @AfterAll
  static void stop() throws Exception {
    try {
      vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
      pipeline.close();
    } finally {
      lab.close();
    }
  }

  @Test
  void theFileThatTheEventNamesHoldsThePacketsOfTheRoundAndNoOthers() throws Exception {
    String four = lab.host("lossy").address4();
    String six = lab.host("lossy").address6();
    pipeline.apply("four", four, CAPTURED);
    pipeline.apply("six", six, CAPTURED);
    pipeline.apply("beside", four, "period: 1s");
    for (String check : List.of("four", "six", "beside", "fine")) {
      pipeline.awaitCondition(check, "Healthy", "True");
    }
    awaitCapture();
    Process foreign = lab.start("ping", "-q", "-i", "0.05", "-w", "60", four);
    try {
      lab.host("lossy").dropOneIn(2);
      holdsItsRound("four", four);
      holdsItsRound("six", six);
    } finally {
      foreign.destroy();
      lab.host("lossy").heal();
    }
    assertThat(files("beside")).isEqualTo("[]\n");
    assertThat(files("fine")).isEqualTo("[]\n");
  }

  private static void holdsItsRound(String check, String address) throws Exception {
    LossNote note = lossNote(check);
    note.isTrueOf(download(check, note.file()), address);
  }

  @Test
  void anErrorThatSaysWhyIsInTheFile() throws Exception {
    pipeline.apply("forbidding", lab.host("forbidding").address4(), CAPTURED);
    pipeline.awaitCondition("forbidding", "Healthy", "True");
    awaitCapture();
    lab.host("forbidding").rejectWith("admin-prohibited");
    LossNote note = lossNote("forbidding");
    List<Frame> frames = download("forbidding", note.file());
    assertThat(frames)
        .filteredOn(f -> f.comment().startsWith("error about request "))
        .hasSize(note.lost())
        .allMatch(f -> f.type().equals("3"));
    assertThat(frames)
        .filteredOn(f -> f.comment().endsWith(": lost, admin prohibited"))
        .hasSize(note.lost());
    assertThat(pipeline.http("/q/metrics").lines())
        .anyMatch(l -> l.matches("pingcheck_evidence_stored_total [1-9].*"));
  }

  @Test
  void aPolicyThatForbidsCapturesRefusesTheCheckInACondition() throws IOException {
    // A namespace of its own: the other checks go on.
    String namespace = api.newNamespace("no-capture");
    Path objects = Files.createTempFile("no-capture", ".yaml");
    try {
      Files.writeString(
          objects,
          """
          apiVersion: pingcheck.dev/v1alpha1
          kind: PingPolicy
          metadata:
            name: no-capture
          spec:
            namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: %s}}
            limits: {capture: false}
          ---
          %s\
          """
              .formatted(
                  namespace,
                  pipeline
                      .yaml("refused", lab.host("refused").address4(), CAPTURED)
                      .replace(pipeline.namespace(), namespace)));
      api.kubectl("apply", "-f", objects.toString());
      Awaitility.await("the check is refused")
          .atMost(Pipeline.PATIENCE_SECONDS, TimeUnit.SECONDS)
          .until(
              () -> accepted(namespace, "refused"),
              ("False spec.capture: write Never, for PingPolicy no-capture forbids that packets are"
                      + " kept")
                  ::equals);
    } finally {
      api.kubectl("delete", "pingpolicy", "no-capture", "--ignore-not-found");
      api.kubectl("delete", "pingchecks", "--all", "-n", namespace);
      Files.delete(objects);
    }
  }

  private static String accepted(String namespace, String name) {
    PingCheck check =
        api.admin().resources(PingCheck.class).inNamespace(namespace).withName(name).get();
    return check.getStatus() == null
        ? ""
        : check.getStatus().getConditions().stream()
            .filter(c -> c.getType().equals("Accepted"))
            .map(c -> c.getStatus() + " " + c.getMessage())
            .findFirst()
            .orElse("");
  }

  @Test
  void aProbeWithPingSocketsSaysThatItCannotCapture() throws Exception {
    pipeline.killProbe();
    pipeline.startProbe("--icmp", "ping");
    try {
      pipeline.apply("unseen", lab.host("unseen").address4(), CAPTURED);
      pipeline.awaitCondition("unseen", "Healthy", "True");
      pipeline.awaitRounds("unseen", 1);
      lab.host("unseen").dropAll();
      assertThat(note("unseen"))
          .endsWith(
              " No evidence: the probe has ping sockets alone; a capture needs the capability"
                  + " NET_RAW.");
      assertThat(files("unseen")).isEqualTo("[]\n");
    } finally {
      pipeline.delete("unseen");
      pipeline.killProbe();
      pipeline.startProbe();
    }
  }

  /** A capture begins a moment after the first check that asks for it, or after a new probe. */
  private static void awaitCapture() {
    Awaitility.await("packets are kept")
        .atMost(Pipeline.PATIENCE_SECONDS, TimeUnit.SECONDS)
        .until(() ->
            pipeline
                .http("/q/metrics")
                .lines()
                .anyMatch(l -> l.matches("pingcheck_capture_kept_bytes [1-9].*")));
  }

  private static LossNote lossNote(String check) {
    String note = note(check);
    return LossNote.of(note).orElseThrow(() -> new AssertionError(note));
  }

  /** The sentence of the loss, as soon as it is said. */
  private static String note(String check) {
    return Awaitility.await(check + ": the event of its loss")
        .atMost(Pipeline.PATIENCE_SECONDS, TimeUnit.SECONDS)
        .until(
            () ->
                api
                    .admin()
                    .events()
                    .v1()
                    .events()
                    .inNamespace(pipeline.namespace())
                    .list()
                    .getItems()
                    .stream()
                    .filter(e -> e.getRegarding().getName().equals(check))
                    .filter(e -> e.getReason().equals("LossThresholdExceeded"))
                    .map(Event::getNote)
                    .findFirst()
                    .orElse(""),
            text -> !text.isEmpty());
  }

  private static List<Frame> download(String check, String file) throws Exception {
    Awaitility.await(check + ": its file")
        .atMost(Pipeline.PATIENCE_SECONDS, TimeUnit.SECONDS)
        .until(() -> files(check).contains(file));
    HttpResponse<byte[]> got = get(check + "/" + file);
    assertThat(got.statusCode()).isEqualTo(200);
    assertThat(got.headers().firstValue("content-type")).contains("application/vnd.tcpdump.pcap");
    assertThat(got.headers().firstValue("content-disposition").orElseThrow()).contains(file);
    return PacketFile.read(got.body());
  }

  private static String files(String check) throws Exception {
    return new String(get(check).body(), java.nio.charset.StandardCharsets.UTF_8);
  }

  private static HttpResponse<byte[]> get(String path) throws Exception {
    URI uri =
        URI.create(
            "http://127.0.0.1:%d/api/evidence/%s/%s"
                .formatted(server.actualPort(), pipeline.namespace(), path));
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
    }
  }
}
