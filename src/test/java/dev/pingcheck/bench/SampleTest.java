package dev.pingcheck.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleTest {
  @Test
  void aPercentileIsTheMeasuredValueOfTheNearestRank() {
    Sample hundred =
        new Sample(IntStream.rangeClosed(1, 100).mapToObj(i -> (double) (101 - i)).toList());
    assertThat(hundred.percentile(50)).isEqualTo(50);
    assertThat(hundred.percentile(99)).isEqualTo(99);
    assertThat(hundred.percentile(100)).isEqualTo(100);
    assertThat(hundred.percentile(1)).isEqualTo(1);
  }

  @Test
  void aRankBetweenTwoValuesIsTheGreater() {
    Sample five = new Sample(List.of(35.0, 20.0, 15.0, 50.0, 40.0));
    assertThat(five.percentile(30)).isEqualTo(20);
    assertThat(five.percentile(40)).isEqualTo(20);
    assertThat(five.percentile(50)).isEqualTo(35);
    assertThat(five.percentile(99)).isEqualTo(50);
  }

  @Test
  void oneValueIsEveryPercentile() {
    assertThat(new Sample(List.of(7.5)).percentile(1)).isEqualTo(7.5);
  }

  @Test
  void nothingMeasuredAndNoPercentageAreRefused() {
    assertThatThrownBy(() -> new Sample(List.of())).hasMessageContaining("empty sample");
    assertThatThrownBy(() -> new Sample(List.of(1.0)).percentile(0)).hasMessageContaining("not 0");
  }
}
