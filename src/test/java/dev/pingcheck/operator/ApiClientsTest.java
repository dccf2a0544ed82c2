package dev.pingcheck.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.pingcheck.clock.FakeClock;
import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.report.calls.CallMeter;
import dev.pingcheck.report.status.Patience;
import dev.pingcheck.report.status.StatusWriter;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApiClientsTest {
  private final FakeClock clock = new FakeClock();
  private final Patience patience = new Patience(clock);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final AtomicInteger requests = new AtomicInteger();
  private HttpServer server;
  private KubernetesClient client;

  /** Refuses everything for now, as an API server without a free seat does. */
  @BeforeEach
  void refuse() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          exchange.getResponseHeaders().add("Retry-After", "4");
          exchange.sendResponseHeaders(429, -1);
          exchange.close();
        });
    server.start();
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
            .build();
    client =
        new ApiClients()
            .client(new KubernetesSerialization(), config, new CallMeter(meters, patience));
  }

  @AfterEach
  void end() {
    client.close();
    server.stop(0);
  }

  private void write() {
    PingCheck check = new PingCheck();
    check.setMetadata(
        new ObjectMetaBuilder().withNamespace("ns").withName("gw").withUid("uid-1").build());
    new StatusWriter(ApiClients.forWrites(client)).write(check, new PingCheckStatus(), "1");
  }

  @Test
  void aRefusedWriteIsNotRepeatedInsideTheClientButToldAtOnce() {
    assertThat(catchThrowableOfType(KubernetesClientException.class, this::write).getCode())
        .isEqualTo(429);
    assertThat(requests).hasValue(1);
  }

  @Test
  void whatTheApiServerAsksForIsHeardAndCounted() {
    assertThatThrownBy(this::write).isInstanceOf(KubernetesClientException.class);
    assertThat(patience.left()).isEqualTo(Duration.ofSeconds(4));
    assertThat(meters.get("pingcheck.api.throttled").counter().count()).isEqualTo(1);
    assertThat(
            meters
                .get("pingcheck.api.requests")
                .tags("verb", "patch", "resource", "pingchecks/status", "code", "429")
                .counter()
                .count())
        .isEqualTo(1);
  }
}
