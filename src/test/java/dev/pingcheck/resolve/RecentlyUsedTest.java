package dev.pingcheck.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.clock.FakeClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RecentlyUsedTest {
  private final FakeClock clock = new FakeClock();
  private final RecentlyUsed<String, Integer> map =
      new RecentlyUsed<>(clock, 2, Duration.ofMinutes(10));

  @Test
  void whatNobodyUsesIsForgottenAndWhatIsUsedIsKept() {
    map.put("a", 1);
    map.put("b", 2);
    clock.advance(Duration.ofMinutes(9));
    assertThat(map.get("a")).contains(1);
    clock.advance(Duration.ofMinutes(1));
    map.forgetIdle();
    assertThat(map.get("b")).isEmpty();
    assertThat(map.get("a")).contains(1);
    clock.advance(Duration.ofMinutes(10));
    map.forgetIdle();
    assertThat(map.size()).isZero();
  }

  @Test
  void aFullMapForgetsWhatWasNotUsedForLongest() {
    map.put("a", 1);
    map.put("b", 2);
    map.get("a");
    map.put("c", 3);
    assertThat(map.size()).isEqualTo(2);
    assertThat(map.get("b")).isEmpty();
    assertThat(map.get("a")).contains(1);
  }
}
