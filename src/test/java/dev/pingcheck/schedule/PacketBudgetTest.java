package dev.pingcheck.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PacketBudgetTest {
  private static final long MS = 1_000_000;
  private static final long SECOND = 1000 * MS;

  private final PacketBudget defaults = new PacketBudget(PacketLimits.defaults());

  @Test
  void aLoneCheckAtTheShortestIntervalIsNeverHeldBack() {
    for (int i = 0; i < 1000; i++) {
      long due = i * 10 * MS;
      assertThat(defaults.takeForAddress(0, 1, 0, due)).isEqualTo(due);
      assertThat(defaults.takeForProbe(due)).isEqualTo(due);
    }
  }

  @Test
  void aHundredThousandTargetsOnceASecondAreNeverHeldBack() {
    for (long i = 0; i < 300_000; i++) {
      long due = i * SECOND / 100_000;
      assertThat(defaults.takeForAddress(0, i % 100_000, 0, due)).isEqualTo(due);
      assertThat(defaults.takeForProbe(due)).isEqualTo(due);
    }
    assertThat(defaults.addresses()).isLessThan(2_000);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "10, 6", "100, 51"})
  void anAddressGetsItsBurstAtOnceAndThenOneTokenAfterTheOther(int perSecond, int burst) {
    PacketBudget budget = new PacketBudget(new PacketLimits(1000, perSecond));
    for (int i = 0; i < burst; i++) {
      assertThat(budget.takeForAddress(7, 8, 0, SECOND)).isEqualTo(SECOND);
    }
    for (int i = 1; i <= 1000; i++) {
      assertThat(budget.takeForAddress(7, 8, 0, SECOND))
          .isEqualTo(SECOND + i * (SECOND / perSecond));
    }
  }

  @Test
  void addressesDoNotShareTokensNorDoZones() {
    PacketBudget budget = new PacketBudget(new PacketLimits(1000, 1));
    assertThat(budget.takeForAddress(1, 2, 3, 0)).isZero();
    assertThat(budget.takeForAddress(1, 2, 4, 0)).isZero();
    assertThat(budget.takeForAddress(1, 3, 3, 0)).isZero();
    assertThat(budget.takeForAddress(2, 2, 3, 0)).isZero();
    assertThat(budget.takeForAddress(1, 2, 3, 0)).isEqualTo(SECOND);
  }

  @Test
  void theProbeNeverSendsMoreThanItsLimitAndItsBurst() {
    PacketBudget budget = new PacketBudget(new PacketLimits(10_000, 1));
    Random random = new Random(7);
    List<Long> granted = new ArrayList<>();
    long now = -SECOND;
    for (int i = 0; i < 50_000; i++) {
      now += random.nextInt(100_000);
      long at = budget.takeForProbe(now);
      assertThat(at).isGreaterThanOrEqualTo(now);
      granted.add(at);
    }
    assertThat(granted).isSorted();
    int first = 0;
    for (int last = 0; last < granted.size(); last++) {
      while (granted.get(last) - granted.get(first) >= SECOND) {
        first++;
      }
      // A second's tokens, a full bucket, and a bunch that was due right before.
      assertThat(last - first + 1).isLessThanOrEqualTo(10_000 + 501 + 10);
    }
  }

  @Test
  void whatTheProbeHoldsBackLeavesInBunchesWithoutLosingARequest() {
    PacketBudget budget = new PacketBudget(new PacketLimits(10_000, 1));
    for (int i = 0; i < 501; i++) {
      assertThat(budget.takeForProbe(0)).isZero();
    }
    for (int bunch = 1; bunch <= 100; bunch++) {
      for (int i = 0; i < 10; i++) {
        assertThat(budget.takeForProbe(0)).isEqualTo(bunch * MS);
      }
    }
  }

  @Test
  void nobodyOvertakesWhoWaitsForTheEndOfABunch() {
    PacketBudget budget = new PacketBudget(new PacketLimits(10_000, 1));
    for (int i = 0; i < 501; i++) {
      budget.takeForProbe(0);
    }
    assertThat(budget.takeForProbe(0)).isEqualTo(MS);
    assertThat(budget.takeForProbe(MS / 2)).isEqualTo(MS);
    assertThat(budget.takeForProbe(2 * MS)).isEqualTo(2 * MS);
  }

  @Test
  void fullBucketsAreDroppedAndOthersKeptWhenRoomIsNeeded() {
    PacketBudget budget = new PacketBudget(new PacketLimits(1000, 1));
    budget.takeForAddress(1, 1, 0, 0);
    for (int second = 0; second < 1000; second++) {
      for (int i = 0; i < 300; i++) {
        budget.takeForAddress(second, i, 9, second * SECOND);
      }
      assertThat(budget.takeForAddress(1, 1, 0, second * SECOND)).isEqualTo((second + 1) * SECOND);
    }
    assertThat(budget.addresses()).isLessThanOrEqualTo(1024);
  }

  @Test
  void asManyAddressesAsAreBusyAtOnceAreKept() {
    PacketBudget budget = new PacketBudget(new PacketLimits(1000, 1));
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 100_000; i++) {
        assertThat(budget.takeForAddress(i, -i, 0, 0)).isEqualTo(round * SECOND);
      }
    }
    assertThat(budget.addresses()).isEqualTo(100_000);
  }

  @Test
  void takingTokensCostsNoMemoryOnceTheTableHasItsSize() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    take(0);
    long before = threads.getCurrentThreadAllocatedBytes();
    long idle = threads.getCurrentThreadAllocatedBytes() - before;
    before = threads.getCurrentThreadAllocatedBytes();
    take(SECOND);
    // What measuring takes is not always the same. An object a call would be a hundred times more.
    assertThat(threads.getCurrentThreadAllocatedBytes() - before - idle).isLessThan(10_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 1_000_001})
  void aLimitOutOfItsRangeIsRefused(int limit) {
    assertThatThrownBy(() -> new PacketLimits(limit, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PacketLimits(1, limit))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void take(long from) {
    for (int i = 0; i < 100_000; i++) {
      long due = from + i * (SECOND / 100_000);
      defaults.takeForAddress(0, i, 0, due);
      defaults.takeForProbe(due);
    }
  }
}
