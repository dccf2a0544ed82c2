package dev.pingcheck.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.engine.socket.PortOpening;
import dev.pingcheck.engine.socket.SocketMode;
import dev.pingcheck.engine.socket.linux.LinuxIcmpPort;
import dev.pingcheck.plan.ProbePlan;
import dev.pingcheck.plan.ProbePlan.IpFamilies;
import dev.pingcheck.resolve.NameResolver;
import dev.pingcheck.stats.AddressRound;
import dev.pingcheck.stats.Resolution;
import dev.pingcheck.stats.RoundReport;
import dev.pingcheck.stats.Strays;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The engine on the real sockets of the loopback interface. */
@Tag("alone")
class EchoEngineIT {
  private final Queue<RoundReport> reports = new ConcurrentLinkedQueue<>();
  private final EchoEngine engine =
      new EchoEngine(
          "c0ffee", Clock.system(), port(), new Literals(), new SecureRandom(), reports::add);

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void manyChecksOfBothFamiliesLoseNothingOnLoopback() {
    engine.start();
    List<ProbePlan> plans = new ArrayList<>();
    for (int i = 1; i <= 200; i++) {
      String host = i % 4 == 0 ? "::1" : "127.0.1." + i;
      plans.add(
          EngineFixture.plan("uid-" + i, host, 4, "PT0.1S PT1S PT5S")
              .withRules(EngineFixture.NEAR));
    }
    engine.replaceAll(plans);
    await().atMost(Duration.ofSeconds(60)).until(() -> reports.size() >= 600);
    for (RoundReport report : reports) {
      AddressRound round = report.addresses().getFirst();
      assertThat(round.received()).isEqualTo(4);
      assertThat(round.strays()).isEqualTo(Strays.NONE);
    }
    assertThat(engine.isAlive()).isTrue();
    assertThat(engine.counters().faults.sum()).isZero();
    assertThat(engine.counters().foreign.sum()).isZero();
  }

  @Test
  void closeEndsTheThreadAndIsNoLongerAlive() {
    engine.start();
    assertThat(engine.isAlive()).isTrue();
    engine.close();
    assertThat(engine.isAlive()).isFalse();
    engine.put(EngineFixture.plan());
    assertThat(reports).isEmpty();
  }

  private static dev.pingcheck.engine.socket.IcmpPort port() {
    return switch (LinuxIcmpPort.open(SocketMode.RAW, System::nanoTime, new SecureRandom())) {
      case PortOpening.Opened opened -> opened.port();
      case PortOpening.Refused refused -> throw new AssertionError(refused.sentence());
    };
  }

  private static final class Literals implements NameResolver {
    @Override
    public void resolve(String hostname, IpFamilies families, Consumer<Answer> callback) {
      callback.accept(new Answer(Resolution.literal(), List.of(EngineFixture.address(hostname))));
    }

    @Override
    public void close() {}
  }
}
