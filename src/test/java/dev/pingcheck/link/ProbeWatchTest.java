package dev.pingcheck.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pingcheck.clock.FakeClock;
import dev.pingcheck.link.proto.Health;
import dev.pingcheck.stats.EngineHealth;
import dev.pingcheck.stats.EngineHealth.Sockets;
import dev.pingcheck.stats.ProbeHealth;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProbeWatchTest {
  private static final EngineHealth ENGINE = new EngineHealth(Sockets.PING, 1, 2, 3, 4);

  @TempDir Path folder;
  private final List<String> heard = new CopyOnWriteArrayList<>();

  private final ProbeWatch watch =
      new ProbeWatch() {
        @Override
        public void joined(Placement at, String probe) {
          heard.add(probe + " joined " + at);
        }

        @Override
        public void told(Placement at, String probe, ProbeHealth health) {
          heard.add(probe + " told " + health);
        }

        @Override
        public void left(Placement at, String probe) {
          heard.add(probe + " left " + at);
        }
      };

  @Test
  void operatorHearsOfAProbeThatComesSaysHowItIsAndGoes() throws IOException {
    FakeClock clock = new FakeClock();
    PlanBook plans = new PlanBook();
    Path socket = folder.resolve("link.sock");
    try (LinkServer server =
        new LinkServer(socket, plans, (from, report, safe) -> safe.run(), watch, clock)) {
      server.start();
      try (LinkClient client =
          new LinkClient(
              socket, "9f3c21aa", new RecordingListener(), clock, LinkClientLimits.defaults())) {
        client.tellingOf(() -> ENGINE).start();
        await().until(() -> heard.size() == 2);
      }
      await().until(() -> heard.size() == 3);
    }
    assertThat(heard)
        .containsExactly(
            "9f3c21aa joined " + new Placement.Beside(),
            "9f3c21aa told " + new ProbeHealth(ENGINE, 0, 0),
            "9f3c21aa left " + new Placement.Beside());
  }

  @ParameterizedTest
  @EnumSource
  void healthArrivesAsItWasSent(Sockets sockets) {
    ProbeHealth health = new ProbeHealth(new EngineHealth(sockets, 1, 2, 3, 4), 5, 6);
    assertThat(HealthMessages.decode(HealthMessages.encode(health))).contains(health);
  }

  @Test
  void healthThatCannotBeIsNotHeard() {
    assertThat(HealthMessages.decode(Health.getDefaultInstance())).isEmpty();
    assertThat(
            HealthMessages.decode(
                Health.newBuilder()
                    .setSockets(Health.Sockets.SOCKETS_RAW)
                    .setKernelDrops(-1)
                    .build()))
        .isEmpty();
    assertThat(HealthMessages.decode(Health.newBuilder().setSocketsValue(99).setFaults(1).build()))
        .isEmpty();
  }
}
