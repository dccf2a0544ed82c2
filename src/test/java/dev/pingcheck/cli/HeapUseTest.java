package dev.pingcheck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapUseTest {
  private static final long MIB = 1L << 20;

  private final HeapUse heap = new HeapUse(3 * MIB);

  @Test
  void twiceOfWhatWasKeptAndAYoungGenerationIsNoReasonToCollect() {
    assertThat(heap.isMostlyGarbage(10 * MIB)).isFalse();
  }

  @Test
  void moreThanThatIs() {
    assertThat(heap.isMostlyGarbage(10 * MIB + 1)).isTrue();
  }

  @Test
  void aProbeThatKeepsMoreIsCollectedLater() {
    heap.collected(200 * MIB);

    assertThat(heap.isMostlyGarbage(404 * MIB)).isFalse();
    assertThat(heap.isMostlyGarbage(404 * MIB + 1)).isTrue();
  }
}
