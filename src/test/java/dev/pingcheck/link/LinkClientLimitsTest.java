package dev.pingcheck.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.link.LinkClientLimits.Backoff;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LinkClientLimitsTest {
  @Test
  void pausesBesideTheOperatorDoubleAndAreShortenedByUpToAHalf() {
    Backoff backoff = LinkClientLimits.defaults().backoff();
    assertThat(backoff.after(1, 0)).isEqualTo(Duration.ofMillis(100));
    assertThat(backoff.after(3, 0)).isEqualTo(Duration.ofMillis(400));
    assertThat(backoff.after(3, 0.5)).isEqualTo(Duration.ofMillis(300));
    assertThat(backoff.after(7, 0)).isEqualTo(Duration.ofSeconds(5));
    assertThat(backoff.after(Integer.MAX_VALUE, 0)).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void pausesOnTheNetworkAreChancesOwn() {
    Backoff backoff = LinkClientLimits.overNetwork().backoff();
    assertThat(backoff.after(1, 0)).isEqualTo(Duration.ofSeconds(1));
    assertThat(backoff.after(1, 0.5)).isEqualTo(Duration.ofMillis(500));
    assertThat(backoff.after(1, 0.999)).isEqualTo(Duration.ofMillis(1));
    assertThat(backoff.after(3, 0)).isEqualTo(Duration.ofMillis(1061));
    assertThat(backoff.after(Integer.MAX_VALUE, 0)).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void onAverageTwentyAttemptsFallIntoFifteenSeconds() {
    Backoff backoff = LinkClientLimits.overNetwork().backoff();
    Duration passed = Duration.ZERO;
    for (int failures = 1; failures <= 20; failures++) {
      passed = passed.plus(backoff.after(failures, 0.5));
    }
    assertThat(passed).isEqualTo(Duration.ofMillis(13_433));
  }
}
