package dev.pingcheck.engine;

import static dev.pingcheck.engine.EngineFixture.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.resolve.NameResolver.Answer;
import dev.pingcheck.schedule.Phase;
import dev.pingcheck.stats.Resolution;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NameAheadTest {
  private final EngineFixture f = new EngineFixture();

  NameAheadTest() {
    f.names.put(
        "gw.example",
        new Answer(Resolution.resolved(), List.of(EngineFixture.address("192.0.2.1"))));
  }

  @Test
  void aNameIsLookedUpSixToTenSecondsBeforeEachRound() {
    f.startRound(plan("u", "gw.example", 1, "PT1S PT60S PT2S"));
    f.prepared.clear();
    Duration lead = Duration.ofSeconds(6).plusNanos(Phase.of("u", Duration.ofSeconds(4)));
    Duration wait = Duration.ofSeconds(60).minus(lead);
    for (int round = 0; round < 3; round++) {
      f.after(wait.minusMillis(2).toString());
      assertThat(f.prepared).isEmpty();
      // The wheel is exact to a millisecond or two.
      f.after("PT0.004S");
      assertThat(f.prepared).hasSize(1);
      Duration ahead =
          Duration.parse(f.prepared.removeFirst().substring("gw.example ANY ".length()));
      assertThat(lead.minus(ahead)).isBetween(Duration.ZERO, Duration.ofMillis(2));
      f.after(lead.minusMillis(2).toString());
    }
    assertThat(f.prepared).isEmpty();
  }

  @Test
  void namesOfOneMomentAreLookedUpAtDifferentOnes() {
    Set<Long> leads = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      leads.add(Phase.of("uid-" + i, Duration.ofSeconds(4)) / 100_000_000);
    }
    assertThat(leads).hasSize(40);
  }

  @Test
  void aShortPeriodIsHalfSpentBeforeItsNextNameIsLookedUp() {
    f.startRound(plan("u", "gw.example", 1, "PT1S PT2S PT0.5S"));
    f.prepared.clear();
    f.after("PT0.99S");
    assertThat(f.prepared).isEmpty();
    f.after("PT0.02S");
    assertThat(f.prepared).hasSize(1);
  }

  @Test
  void aLiteralIsNeverLookedUp() {
    f.startRound(plan("u", "192.0.2.1", 1, "PT1S PT30S PT2S"));
    f.after("PT29S");
    assertThat(f.prepared).isEmpty();
  }

  @Test
  void aPlanThatIsGoneIsNotLookedUpAnyMore() {
    f.startRound(plan("u", "gw.example", 1, "PT1S PT60S PT2S"));
    f.prepared.clear();
    f.engine.remove("u");
    f.after("PT59S");
    assertThat(f.prepared).isEmpty();
    assertThat(f.loop.wheel().size()).isZero();
  }
}
