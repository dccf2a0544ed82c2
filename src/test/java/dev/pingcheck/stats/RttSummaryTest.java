package dev.pingcheck.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RttSummaryTest {

  @Test
  void figuresOfFourRoundTrips() {
    assertThat(RttSummary.of(List.of(1_000_000L, 3_000_000L, 2_000_000L, 2_000_000L)))
        .contains(new RttSummary(1_000_000, 2_000_000, 3_000_000, 707_107, 1_000_000));
  }

  @Test
  void oneRoundTripHasNeitherDeviationNorJitter() {
    assertThat(RttSummary.of(List.of(7L))).contains(new RttSummary(7, 7, 7, 0, 0));
  }

  @Test
  void nothingReceivedHasNoRoundTripTime() {
    assertThat(RttSummary.of(List.of())).isEmpty();
  }
}
