package dev.pingcheck.engine;

import static dev.pingcheck.engine.EngineFixture.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.engine.socket.SimulatedPort.Sent;
import dev.pingcheck.stats.LossReason;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Somebody sets the wall clock, by which the kernel stamps packets: by a little or by much, forward
 * or back, with and without stamps of what is sent. Each request waits for 2 s.
 */
class ClockStepTest {
  private static final String STEPS =
      """
      PT0.01S, true
      PT-0.01S, true
      PT1H, true
      PT-1H, true
      PT0.01S, false
      PT-0.01S, false
      PT1H, false
      PT-1H, false
      """;

  private final EngineFixture f = new EngineFixture();

  @ParameterizedTest
  @CsvSource(textBlock = STEPS)
  void betweenRequestAndReplyItCostsTheSampleAndNothingElse(Duration step, boolean stamped) {
    Sent request = begin(stamped);
    f.clock.advance(Duration.ofMillis(4));
    f.clock.stepWallClock(step);
    f.clock.advance(Duration.ofMillis(3));
    f.reply(request);
    f.turns();
    assertReceivedWithoutTime();
    assertNextSampleCounts();
  }

  @ParameterizedTest
  @CsvSource(textBlock = STEPS)
  void whileAReplyWaitsUnreadItCostsTheSampleAndNothingElse(Duration step, boolean stamped) {
    Sent request = begin(stamped);
    f.clock.advance(Duration.ofMillis(7));
    f.reply(request);
    f.clock.stepWallClock(step);
    f.turns();
    assertReceivedWithoutTime();
    assertNextSampleCounts();
  }

  @ParameterizedTest
  @CsvSource(textBlock = STEPS)
  void beforeAReplyThatComesWhileTheProcessStandsStillItCostsTheSampleAndNothingElse(
      Duration step, boolean stamped) {
    Sent request = begin(stamped);
    f.clock.advance(Duration.ofMillis(4));
    f.clock.stepWallClock(step);
    f.clock.advance(Duration.ofMillis(3));
    f.reply(request);
    f.after("PT2.5S");
    assertReceivedWithoutTime();
    assertNextSampleCounts();
  }

  @ParameterizedTest
  @CsvSource(textBlock = STEPS)
  void behindAReplyThatCameWhileTheProcessStandsStillItCostsTheSampleAndNothingElse(
      Duration step, boolean stamped) {
    Sent request = begin(stamped);
    f.clock.advance(Duration.ofMillis(7));
    f.reply(request);
    f.clock.advance(Duration.ofMillis(500));
    f.clock.stepWallClock(step);
    f.after("PT2S");
    assertReceivedWithoutTime();
    assertNextSampleCounts();
  }

  @ParameterizedTest
  @CsvSource(textBlock = STEPS)
  void aRequestWithoutReplyIsLostAtItsTimeoutToTheNanosecond(Duration step, boolean stamped) {
    begin(stamped);
    f.clock.advance(Duration.ofSeconds(1));
    f.clock.stepWallClock(step);
    f.after("PT0.999999999S");
    assertThat(f.loop.counters().lost.sum()).isZero();
    f.after("PT0.000000001S");
    assertThat(f.round().lost()).isEqualTo(Map.of(LossReason.TIMEOUT, 1));
    assertThat(f.loop.counters().stampsDiscarded.sum()).isZero();
  }

  /** Without a step the reply's stamp would tell that it is late. */
  @ParameterizedTest
  @CsvSource(textBlock = STEPS)
  void aReplyOfWhichNobodyCanSayWhetherItWasInTimeHasTheBenefitOfTheDoubt(
      Duration step, boolean stamped) {
    Sent request = begin(stamped);
    f.clock.advance(Duration.ofMillis(2_500));
    f.reply(request);
    f.clock.stepWallClock(step);
    f.turns();
    assertReceivedWithoutTime();
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void withoutAStepALateReplyThatWaitedUnreadIsLate(boolean stamped) {
    Sent request = begin(stamped);
    f.clock.advance(Duration.ofMillis(2_500));
    f.reply(request);
    f.turns();
    assertThat(f.loop.counters().late.sum()).isEqualTo(1);
    assertThat(f.round().lost()).isEqualTo(Map.of(LossReason.TIMEOUT, 1));
  }

  private Sent begin(boolean stamped) {
    if (stamped) {
      f.port.withSendStamps();
    }
    return f.startRound(plan("u", "192.0.2.1", 1, "PT1S PT30S PT2S")).getFirst();
  }

  private void assertReceivedWithoutTime() {
    assertThat(f.round().received()).isEqualTo(1);
    assertThat(f.round().lost()).isEmpty();
    assertThat(f.round().replies().rtts()).isEmpty();
    assertThat(f.loop.counters().stampsDiscarded.sum()).isEqualTo(1);
  }

  private void assertNextSampleCounts() {
    Sent next = f.after("PT30S").getFirst();
    f.clock.advance(Duration.ofMillis(9));
    f.reply(next);
    f.turns();
    assertThat(f.reports.getLast().addresses().getFirst().replies().rtts())
        .containsExactly(9_000_000L);
    assertThat(f.loop.counters().stampsDiscarded.sum()).isEqualTo(1);
  }
}
