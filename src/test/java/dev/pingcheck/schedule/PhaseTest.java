package dev.pingcheck.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PhaseTest {
  private static final Duration PERIOD = Duration.ofSeconds(30);
  private static final String UID = "0e2f6f0b-92c7-4d2d-a3b4-5b8f1f8b7c11";

  @Test
  void nextStartIsTheSameWheneverOneAsks() {
    Instant now = Instant.parse("2026-03-01T12:00:07.123456789Z");
    Instant start = now.plusNanos(Phase.delay(UID, PERIOD, now));
    Instant later = start.minusNanos(1);
    assertThat(Phase.delay(UID, PERIOD, later)).isEqualTo(1);
    assertThat(Phase.delay(UID, PERIOD, start)).isZero();
    assertThat(Phase.delay(UID, PERIOD, start.plusNanos(1))).isEqualTo(PERIOD.toNanos() - 1);
    assertThat(Phase.delay(UID, PERIOD, start.plus(PERIOD.multipliedBy(1_000_000)))).isZero();
  }

  @Test
  void tenThousandChecksLieEvenlyInThePeriod() {
    Random random = new Random(7);
    int[] tenths = new int[10];
    for (int i = 0; i < 10_000; i++) {
      String uid = new UUID(random.nextLong(), random.nextLong()).toString();
      tenths[(int) (Phase.of(uid, PERIOD) * 10 / PERIOD.toNanos())]++;
    }
    assertThat(java.util.Arrays.stream(tenths).boxed().toList())
        .allSatisfy(n -> assertThat(n).isBetween(880, 1120));
  }

  @Test
  void neighbouringUidsLieApart() {
    long a = Phase.of("check-1", PERIOD);
    long b = Phase.of("check-2", PERIOD);
    assertThat(Math.abs(a - b)).isGreaterThan(Duration.ofMillis(100).toNanos());
  }
}
