package dev.pingcheck.engine;

import static dev.pingcheck.engine.EngineFixture.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.engine.socket.SimulatedPort.Sent;
import dev.pingcheck.stats.Evidence;
import dev.pingcheck.stats.LossReason;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoundWitnessTest {
  private static final ValueLayout.OfShort MARK =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final int NUMBER = 16;

  private final List<RoundTrace> rounds = new ArrayList<>();
  private Evidence sight = Evidence.HELD;
  private final EngineFixture f =
      new EngineFixture(
          new RoundWitness() {
            @Override
            public Evidence sight() {
              return sight;
            }

            @Override
            public void ended(RoundTrace round) {
              rounds.add(round);
            }
          });

  private static int mark(Sent request) {
    return MemorySegment.ofArray(request.message()).get(MARK, NUMBER) & 0xffff;
  }

  /** Two requests a second apart, of which the first is answered. */
  private List<Sent> loseTheSecond(boolean captured) {
    List<Sent> all =
        new ArrayList<>(
            f.startRound(plan("u", "192.0.2.1", 2, "PT1S PT30S PT2S").withCapture(captured)));
    f.reply(all.getFirst());
    all.addAll(f.after("PT1S"));
    f.after("PT2S");
    return all;
  }

  @Test
  void aLossyRoundIsToldWithWhatTellsItsRequestsApart() {
    List<Sent> sent = loseTheSecond(true);

    assertThat(f.reports.getFirst().evidence()).isEqualTo(Evidence.HELD);
    RoundTrace round = rounds.getFirst();
    assertThat(rounds).hasSize(1);
    assertThat(round.id()).isEqualTo(f.reports.getFirst().id());
    assertThat(round.echoes()).extracting(EchoTrace::ordinal).containsExactly(0, 1);
    assertThat(round.echoes())
        .extracting(EchoTrace::lost)
        .containsExactly(Optional.empty(), Optional.of(LossReason.TIMEOUT));
    assertThat(sent).hasSize(2).allMatch(s -> mark(s) == f.loop.exchange().mark().bits());
    assertThat(round.echoes())
        .extracting(EchoTrace::number)
        .allMatch(number -> number >>> 48 == f.loop.exchange().mark().bits());
  }

  @Test
  void aRoundOfACheckThatAsksForNoCaptureBearsNoMarkAndIsNotTold() {
    List<Sent> sent = loseTheSecond(false);

    assertThat(rounds).isEmpty();
    assertThat(f.reports.getFirst().evidence()).isEqualTo(Evidence.NONE);
    assertThat(sent).allMatch(s -> mark(s) == 0);
  }

  @Test
  void aRoundWithoutLossIsNotTold() {
    Sent request =
        f.startRound(plan("u", "192.0.2.1", 1, "PT1S PT30S PT2S").withCapture(true)).getFirst();
    f.reply(request);
    f.turns();

    assertThat(f.reports.getFirst().evidence()).isEqualTo(Evidence.NONE);
    assertThat(rounds).isEmpty();
  }

  @Test
  void whoSawOnlyTheEndOfARoundHasNoEvidenceOfIt() {
    sight = Evidence.missing("the capture had not begun");
    f.startRound(plan("u", "192.0.2.1", 1, "PT1S PT30S PT2S").withCapture(true));
    sight = Evidence.HELD;
    f.after("PT2S");

    assertThat(rounds).isEmpty();
    assertThat(f.reports.getFirst().evidence())
        .isEqualTo(Evidence.missing("the capture had not begun"));
  }
}
