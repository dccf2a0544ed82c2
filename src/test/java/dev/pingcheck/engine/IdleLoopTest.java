package dev.pingcheck.engine;

import static dev.pingcheck.engine.EngineFixture.plan;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How often the loop goes around; between two turns it sleeps in the port. */
class IdleLoopTest {
  private static final long HOUR = Duration.ofHours(1).toNanos();

  private final EngineFixture f = new EngineFixture();

  @Test
  void withNothingToDoItGoesAroundOnceInFiveSeconds() {
    assertThat(turnsInAnHour()).isEqualTo(720);
  }

  @Test
  void withOneRequestEachHalfMinuteItGoesAroundAFewTimesMoreForEach() {
    f.startRound(plan("u", "192.0.2.1", 1, "PT1S PT30S PT2S"));
    f.turns();
    // 120 rounds: a start, a reply, a timeout that is not needed any more.
    assertThat(turnsInAnHour()).isLessThan(720 + 120 * 4);
    assertThat(f.reports).hasSizeGreaterThanOrEqualTo(119);
  }

  @Test
  void withRequestsThatAreAllLostItGoesAroundAFewTimesMoreForEach() {
    f.startRound(plan("u", "192.0.2.1", 1, "PT1S PT30S PT2S"));
    f.port.takeSent();
    long turns = 0;
    for (long time = 0; time < HOUR; turns++) {
      time += sleep();
    }
    assertThat(turns).isLessThan(720 + 120 * 6);
    assertThat(f.loop.counters().lost.sum()).isGreaterThanOrEqualTo(119);
  }

  /** Each reply comes while the loop sleeps, a millisecond behind its request. */
  private long turnsInAnHour() {
    long turns = 0;
    for (long time = 0; time < HOUR; turns++) {
      time += sleep();
      for (var request : f.port.takeSent()) {
        f.clock.advance(Duration.ofMillis(1));
        f.reply(request);
      }
    }
    return turns;
  }

  private long sleep() {
    long wait = f.loop.turn();
    f.clock.advance(Duration.ofNanos(wait));
    return wait;
  }
}
