package dev.pingcheck.report.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.clock.FakeClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatienceTest {
  private final FakeClock clock = new FakeClock();
  private final Patience patience = new Patience(clock);

  @ParameterizedTest
  @CsvSource({"5, 5", "0, 1", "'', 1", "soon, 1", "-3, 1", "86400, 60", ", 1"})
  void whatTheHeaderAsksForIsKeptWithinReason(String header, int seconds) {
    patience.ask(header);
    assertThat(patience.left()).isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void itEndsByItself() {
    patience.ask("5");
    clock.advance(Duration.ofSeconds(5));
    assertThat(patience.left()).isZero();
  }

  @Test
  void aShorterWishDoesNotEndALongerOne() {
    patience.ask("5");
    patience.ask("1");
    assertThat(patience.left()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void whoWasRefusedComesBackAfterItAndNotAllTogether() {
    patience.ask("5");
    assertThat(patience.forOne()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
  }
}
