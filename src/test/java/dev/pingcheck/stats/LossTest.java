package dev.pingcheck.stats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossTest {

  @ParameterizedTest
  @CsvSource({
    "4, 4, 0",
    "4, 3, 25",
    "4, 0, 100",
    "3, 2, 33",
    "3, 1, 67",
    "1000, 999, 1",
    "1000, 1, 99",
    "200, 197, 2",
    "200, 199, 1",
    "8, 7, 13",
    "0, 0, 0",
    "2147483647, 1, 99",
  })
  void percentIsExactAtBothEndsAndNearestBetween(int sent, int received, int percent) {
    assertThat(Loss.percent(sent, received)).isEqualTo(percent);
  }
}
