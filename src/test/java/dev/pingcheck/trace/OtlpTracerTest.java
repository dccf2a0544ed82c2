package dev.pingcheck.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.pingcheck.clock.FakeClock;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a receiver that reads what it gets by OpenTelemetry's own classes. */
class OtlpTracerTest {
  private record Received(String type, String token, ExportTraceServiceRequest request) {}

  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private final FakeClock clock = new FakeClock();
  private HttpServer server;
  private int answer = 200;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/traces",
        exchange -> {
          received.add(
              new Received(
                  exchange.getRequestHeaders().getFirst("Content-Type"),
                  exchange.getRequestHeaders().getFirst("Authorization"),
                  ExportTraceServiceRequest.parseFrom(exchange.getRequestBody())));
          exchange.sendResponseHeaders(answer, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void end() {
    server.stop(0);
  }

  private OtlpTracer tracer() {
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces");
    return new OtlpTracer(
        new OtlpReceiver(uri, OtlpReceiver.headers("Authorization=Bearer%20secret, broken")),
        Map.of("service.name", "pingcheck"),
        Duration.ofMillis(10),
        clock);
  }

  @Test
  void aTurnAndItsWriteAreOneTraceWithTheRound() throws InterruptedException {
    OtlpTracer tracer = tracer();
    try (dev.pingcheck.trace.Span turn = tracer.begin("reconcile").with("pingcheck.uid", "u-1")) {
      tracer.current().with("pingcheck.round.id", "9f3c-17").with("absent", null);
      clock.advance(Duration.ofMillis(3));
      try (dev.pingcheck.trace.Span write = tracer.begin("write status")) {
        clock.advance(Duration.ofMillis(5));
        write.failed("409 Conflict");
      }
    }
    assertThat(tracer.current()).isSameAs(dev.pingcheck.trace.Span.NONE);
    tracer.close();

    List<Span> spans = List.of(take(), take());
    Span write = spans.get(0);
    Span turn = spans.get(1);
    assertThat(write.getName()).isEqualTo("write status");
    assertThat(turn.getName()).isEqualTo("reconcile");
    assertThat(write.getTraceId()).isEqualTo(turn.getTraceId());
    assertThat(turn.getTraceId().size()).isEqualTo(16);
    assertThat(write.getParentSpanId()).isEqualTo(turn.getSpanId());
    assertThat(turn.getSpanId().size()).isEqualTo(8);
    assertThat(turn.getParentSpanId().isEmpty()).isTrue();
    assertThat(write.getEndTimeUnixNano() - write.getStartTimeUnixNano()).isEqualTo(5_000_000);
    assertThat(turn.getEndTimeUnixNano() - turn.getStartTimeUnixNano()).isEqualTo(8_000_000);
    assertThat(write.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
    assertThat(write.getStatus().getMessage()).isEqualTo("409 Conflict");
    assertThat(turn.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_UNSET);
    assertThat(turn.getAttributesList())
        .extracting(a -> a.getKey() + "=" + a.getValue().getStringValue())
        .containsExactly("pingcheck.uid=u-1", "pingcheck.round.id=9f3c-17");
  }

  private final List<Span> unread = new java.util.ArrayList<>();

  private Span take() throws InterruptedException {
    while (unread.isEmpty()) {
      Received next = received.poll(60, TimeUnit.SECONDS);
      assertThat(next).as("a request within a minute").isNotNull();
      assertThat(next.type).isEqualTo("application/x-protobuf");
      assertThat(next.token).isEqualTo("Bearer secret");
      assertThat(next.request.getResourceSpansList()).hasSize(1);
      var of = next.request.getResourceSpans(0);
      assertThat(of.getResource().getAttributes(0).getKey()).isEqualTo("service.name");
      assertThat(of.getScopeSpans(0).getScope().getName()).isEqualTo("dev.pingcheck");
      unread.addAll(of.getScopeSpans(0).getSpansList());
    }
    return unread.removeFirst();
  }

  @Test
  void spansThatAreNotTakenAreCountedAndHoldNobodyUp() {
    answer = 503;
    OtlpTracer tracer = tracer();
    tracer.begin("reconcile").close();
    tracer.close();
    await().untilAsserted(() -> assertThat(tracer.dropped()).isEqualTo(1));
  }

  @Test
  void secretsAreInNoText() {
    OtlpReceiver receiver =
        new OtlpReceiver(
            URI.create("http://collector:4318/v1/traces"), Map.of("Authorization", "secret"));
    assertThat(receiver.toString()).isEqualTo("http://collector:4318/v1/traces");
  }

  @Test
  void offMeansThatNothingIsKept() {
    try (dev.pingcheck.trace.Span span = Tracer.NONE.begin("reconcile")) {
      assertThat(span.with("a", "b")).isSameAs(dev.pingcheck.trace.Span.NONE);
      assertThat(Tracer.NONE.isOn()).isFalse();
    }
  }
}
