package dev.pingcheck.report.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RhythmTest {
  private static final Duration SPACING = Duration.ofSeconds(300);
  private static final Duration PERIOD = Duration.ofSeconds(30);

  private static boolean isDue(Rhythm rhythm, int second) {
    return rhythm.isDue(Duration.ofSeconds(second).toNanos(), SPACING, PERIOD);
  }

  private static void written(Rhythm rhythm, int second) {
    rhythm.written(Duration.ofSeconds(second).toNanos(), SPACING);
  }

  @Test
  void theFirstFiguresAreDueAtTheCheckOwnPlaceAndThenAtEvenDistances() {
    Rhythm rhythm = Rhythm.startingAt(0, 0.5);
    assertThat(isDue(rhythm, 120)).isFalse();
    assertThat(isDue(rhythm, 150)).isTrue();
    written(rhythm, 150);
    assertThat(isDue(rhythm, 420)).isFalse();
    assertThat(isDue(rhythm, 450)).isTrue();
  }

  @Test
  void ofTwoRoundsTheOneNextToTheDueTimeIsWritten() {
    Rhythm rhythm = Rhythm.startingAt(0, 0.5);
    assertThat(isDue(rhythm, 134)).isFalse();
    assertThat(isDue(rhythm, 136)).isTrue();
  }

  @Test
  void whoWasLateKeepsToTheRhythm() {
    Rhythm rhythm = Rhythm.writtenAt(0);
    written(rhythm, 330);
    assertThat(isDue(rhythm, 570)).isFalse();
    assertThat(isDue(rhythm, 600)).isTrue();
  }

  @Test
  void whoMissedManyTurnsMakesUpForNone() {
    Rhythm rhythm = Rhythm.writtenAt(0);
    written(rhythm, 3_000);
    assertThat(isDue(rhythm, 3_030)).isFalse();
    assertThat(isDue(rhythm, 3_150)).isTrue();
  }

  @Test
  void eachRoundIsDueWhileAllFit() {
    Rhythm rhythm = Rhythm.writtenAt(0);
    assertThat(rhythm.isDue(0, Duration.ZERO, PERIOD)).isTrue();
  }
}
