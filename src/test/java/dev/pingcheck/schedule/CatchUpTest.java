package dev.pingcheck.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.plan.Interruption;
import dev.pingcheck.plan.ProbePlan.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CatchUpTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  /** Four requests, one a second, 2 s of patience: 5 s at most, every 30 s. */
  private static final Timing TIMING =
      new Timing(4, Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(2));

  private static Optional<Duration> delay(double sinceDue, Interruption interruption) {
    long untilNext = TIMING.period().minusMillis(Math.round(sinceDue * 1000)).toNanos();
    return CatchUp.delay(TIMING, untilNext, interruption, NOW).map(Duration::ofNanos);
  }

  private static Interruption since(int seconds) {
    return new Interruption(NOW.minusSeconds(seconds), Optional.empty());
  }

  private static Interruption brokenOff(int since, int seconds) {
    return new Interruption(NOW.minusSeconds(since), Optional.of(NOW.minusSeconds(seconds)));
  }

  @Test
  void missedRoundsComeAsLateAsTheInterruptionWasLong() {
    assertThat(delay(0.001, since(3))).contains(Duration.ofMillis(2999));
    assertThat(delay(1, since(3))).contains(Duration.ofSeconds(2));
    assertThat(delay(2.999, since(3))).contains(Duration.ofMillis(1));
  }

  @Test
  void roundThatWasDueBeforeTheInterruptionIsNotRepeated() {
    assertThat(delay(3, since(3))).isEmpty();
    assertThat(delay(29, since(3))).isEmpty();
  }

  @Test
  void roundThatWasBrokenOffComesAtOnce() {
    assertThat(delay(4, brokenOff(3, 2))).contains(Duration.ZERO);
    assertThat(delay(6.999, brokenOff(3, 2))).contains(Duration.ZERO);
    assertThat(delay(7, brokenOff(3, 2))).isEmpty(); // it had ended just then
    assertThat(delay(4, since(3))).as("all were told").isEmpty();
  }

  @Test
  void noneIsMadeUpForWhenTheNextRegularOneIsAsNear() {
    assertThat(delay(1, since(29))).contains(Duration.ofSeconds(28));
    assertThat(delay(1, since(30))).isEmpty();
    assertThat(delay(1, since(3600))).isEmpty();
    assertThat(delay(29.5, since(3600))).isEmpty();
  }

  @Test
  void interruptionThatHasNotBegunCostsNothing() {
    assertThat(delay(1, since(-10))).isEmpty();
  }
}
