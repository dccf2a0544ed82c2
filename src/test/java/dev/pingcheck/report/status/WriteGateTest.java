package dev.pingcheck.report.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pingcheck.clock.FakeClock;
import dev.pingcheck.report.status.WriteGate.Limits;
import dev.pingcheck.report.status.WriteGate.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WriteGateTest {
  private static final Duration PERIOD = Duration.ofSeconds(30);

  private final FakeClock clock = new FakeClock();
  private final Patience patience = new Patience(clock);
  private final WriteBudget budget = new WriteBudget(30);
  private final WriteGate gate =
      new WriteGate(budget, new Limits(200, 4, 2), patience, clock, new Random(1));

  private Duration write(WriteKind kind, Place place) {
    Duration wait = gate.enter(kind, place, () -> {});
    if (wait.isZero()) {
      gate.leave(kind);
    }
    return wait;
  }

  @Test
  void aTransitionGoesWhateverElseIsUnderWay() {
    for (int i = 0; i < 10_000; i++) {
      gate.enter(WriteKind.FIRST, gate.newPlace(), () -> {});
      gate.enter(WriteKind.FIGURES, gate.newPlace(), () -> {});
    }
    patience.ask("30");
    assertThat(gate.enter(WriteKind.TRANSITION, gate.newPlace(), () -> {})).isZero();
  }

  @Test
  void firstRoundsGetTheirTurnsInTheOrderInWhichTheyAsk() {
    for (int i = 0; i < 200; i++) {
      assertThat(write(WriteKind.FIRST, gate.newPlace())).isZero();
    }
    Place earlier = gate.newPlace();
    Place later = gate.newPlace();
    assertThat(write(WriteKind.FIRST, earlier)).isEqualTo(Duration.ofMillis(5));
    assertThat(write(WriteKind.FIRST, later)).isEqualTo(Duration.ofMillis(10));
    assertThat(write(WriteKind.FIRST, earlier)).as("asking again").isEqualTo(Duration.ofMillis(5));
    clock.advance(Duration.ofMillis(5));
    assertThat(write(WriteKind.FIRST, earlier)).isZero();
    assertThat(write(WriteKind.FIRST, later)).isEqualTo(Duration.ofMillis(5));
  }

  @Test
  void firstRoundsWithoutRoomAreCalledOneByOneInTheirOrder() {
    List<String> called = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      assertThat(gate.enter(WriteKind.FIRST, gate.newPlace(), () -> {})).isZero();
    }
    Place a = gate.newPlace();
    Place b = gate.newPlace();
    assertThat(gate.enter(WriteKind.FIRST, a, () -> called.add("a"))).isPositive();
    assertThat(gate.enter(WriteKind.FIRST, b, () -> called.add("b"))).isPositive();
    gate.leave(WriteKind.FIRST);
    assertThat(called).containsExactly("a");
    assertThat(gate.enter(WriteKind.FIRST, gate.newPlace(), () -> called.add("c")))
        .as("who comes later stays behind b")
        .isPositive();
    assertThat(gate.enter(WriteKind.FIRST, a, () -> {})).isZero();
    gate.leave(WriteKind.FIRST);
    gate.leave(WriteKind.FIRST);
    assertThat(called).containsExactly("a", "b", "c");
  }

  @Test
  void checkThatIsCalledAndDoesNotComeKeepsNobodyFromGoing() {
    for (int i = 0; i < 4; i++) {
      gate.enter(WriteKind.FIRST, gate.newPlace(), () -> {});
    }
    Place gone = gate.newPlace();
    Place alive = gate.newPlace();
    gate.enter(WriteKind.FIRST, gone, () -> {});
    Duration wait = gate.enter(WriteKind.FIRST, alive, () -> {});
    gate.leave(WriteKind.FIRST);
    assertThat(wait).as("it asks by itself").isLessThanOrEqualTo(Duration.ofSeconds(4));
    clock.advance(wait);
    assertThat(gate.enter(WriteKind.FIRST, alive, () -> {})).isZero();
  }

  @Test
  void whoAsksByItselfDoesNotTakeTheRoomOfOneThatIsCalled() {
    for (int i = 0; i < 4; i++) {
      gate.enter(WriteKind.FIRST, gate.newPlace(), () -> {});
    }
    Place first = gate.newPlace();
    Place second = gate.newPlace();
    gate.enter(WriteKind.FIRST, first, () -> {});
    gate.enter(WriteKind.FIRST, second, () -> {});
    gate.leave(WriteKind.FIRST);
    clock.advance(Duration.ofMillis(499));
    assertThat(gate.enter(WriteKind.FIRST, second, () -> {})).as("not called yet").isPositive();
    assertThat(gate.enter(WriteKind.FIRST, first, () -> {})).as("called").isZero();
  }

  @Test
  void checkThatIsGoneIsNotCalled() {
    List<String> called = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      gate.enter(WriteKind.FIRST, gate.newPlace(), () -> {});
    }
    Place gone = gate.newPlace();
    gate.enter(WriteKind.FIRST, gone, () -> called.add("gone"));
    gate.enter(WriteKind.FIRST, gate.newPlace(), () -> called.add("alive"));
    gate.forget(gone);
    gate.leave(WriteKind.FIRST);
    assertThat(called).containsExactly("alive");
  }

  @Test
  void wordsOfManyNewChecksWaitForTheirFirstRound() {
    for (int i = 0; i < 50; i++) {
      assertThat(write(WriteKind.WORDS, gate.newPlace())).isZero();
    }
    Place place = gate.newPlace();
    Duration wait = write(WriteKind.WORDS, place);
    assertThat(wait).isBetween(Duration.ofSeconds(45), Duration.ofSeconds(90));
    assertThat(write(WriteKind.FIRST, place)).as("its round has come").isZero();
  }

  @Test
  void wordsThatNoRoundReplacesAreToldAfterTheirWait() {
    for (int i = 0; i < 50; i++) {
      write(WriteKind.WORDS, gate.newPlace());
    }
    Place place = gate.newPlace();
    clock.advance(write(WriteKind.WORDS, place));
    assertThat(write(WriteKind.WORDS, place)).isZero();
  }

  @Test
  void figuresLeaveTheThreadsToOthers() {
    budget.admit("uid-1", Duration.ofSeconds(1));
    assertThat(gate.enter(WriteKind.FIGURES, gate.newPlace(), () -> {})).isZero();
    assertThat(gate.enter(WriteKind.FIGURES, gate.newPlace(), () -> {})).isZero();
    assertThat(gate.enter(WriteKind.FIGURES, gate.newPlace(), () -> {})).isPositive();
    gate.leave(WriteKind.FIGURES);
    assertThat(gate.enter(WriteKind.FIGURES, gate.newPlace(), () -> {})).isZero();
  }

  @Test
  void whatCanWaitHoldsStillAsLongAsTheApiServerAsksFor() {
    budget.admit("uid-1", Duration.ofSeconds(1));
    patience.ask("7");
    assertThat(write(WriteKind.FIGURES, gate.newPlace())).isPositive();
    assertThat(write(WriteKind.FIRST, gate.newPlace()))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(7));
    clock.advance(Duration.ofSeconds(7));
    assertThat(write(WriteKind.FIGURES, gate.newPlace())).isZero();
  }

  /** Ten thousand checks of 30 s whose rounds all end; how many write their figures a period. */
  private List<Integer> writesEachPeriod(int periods, List<Place> places) {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < periods; i++) {
      int writes = 0;
      for (int check = 0; check < places.size(); check++) {
        clock.advance(PERIOD.dividedBy(places.size()));
        String uid = "uid-" + check;
        if (gate.areFiguresDue(uid, places.get(check))
            && write(WriteKind.FIGURES, places.get(check)).isZero()) {
          gate.written(WriteKind.FIGURES, uid, places.get(check));
          writes++;
        }
      }
      all.add(writes);
    }
    return all;
  }

  @Test
  void figuresOfTenThousandChecksAppliedAtOnceAreWrittenEvenlyFromTheStart() {
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      budget.admit("uid-" + i, PERIOD);
      places.add(gate.newPlace());
    }
    List<Integer> writes = writesEachPeriod(20, places);
    assertThat(writes.subList(1, 20)).allSatisfy(n -> assertThat(n).isCloseTo(1_000, within(110)));
    assertThat(writes.subList(10, 20).stream().mapToInt(n -> n).sum())
        .isCloseTo(10_000, within(50));
  }

  @Test
  void aHerdThatWasWrittenTogetherBeforeARestartIsSpreadByTheBudget() {
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      budget.admit("uid-" + i, PERIOD);
      places.add(gate.placeWrittenBefore(WriteBudget.LONGEST));
    }
    assertThat(writesEachPeriod(5, places)).allSatisfy(n -> assertThat(n).isLessThan(1_060));
  }

  @Test
  void whileAllRoundsFitNoneOfThemIsLeftOut() {
    budget.admit("uid-1", PERIOD);
    Place place = gate.newPlace();
    for (int i = 0; i < 10; i++) {
      assertThat(gate.areFiguresDue("uid-1", place)).isTrue();
      assertThat(write(WriteKind.FIGURES, place)).isZero();
      gate.written(WriteKind.FIGURES, "uid-1", place);
      clock.advance(PERIOD.minusMillis(500));
    }
  }

  @Test
  void checksFromAHundredNodesKeepWithinTheBudgetToo() {
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < 850; i++) {
      budget.admit("uid-" + i, PERIOD, true);
      places.add(gate.newPlace());
    }
    List<Integer> writes = new ArrayList<>();
    for (int period = 0; period < 6; period++) {
      int written = 0;
      for (int node = 0; node < 100; node++) {
        clock.advance(Duration.ofMillis(node == 0 ? 29_010 : 10));
        written += writesOfOneNode(places);
      }
      writes.add(written);
    }
    assertThat(writes.subList(1, 6)).allSatisfy(n -> assertThat(n).isBetween(800, 900));
  }

  private int writesOfOneNode(List<Place> places) {
    int writes = 0;
    for (int check = 0; check < places.size(); check++) {
      String uid = "uid-" + check;
      if (gate.areFiguresDue(uid, places.get(check))
          && write(WriteKind.FIGURES, places.get(check)).isZero()) {
        gate.written(WriteKind.FIGURES, uid, places.get(check));
        writes++;
      }
    }
    return writes;
  }

  @Test
  void limitsOfNothingAreRefused() {
    assertThatThrownBy(() -> new Limits(0, 1, 1)).hasMessageContaining("above 0");
    assertThatThrownBy(() -> new Limits(1, 0, 1)).hasMessageContaining("one write at a time");
  }

  @Test
  void manyThreadsAllGoByBeingCalledAndNeverMoreAtATimeThanThereIsRoom() throws Exception {
    WriteGate wide = new WriteGate(budget, new Limits(1e9, 4, 2), patience, clock, new Random(1));
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch gone = new CountDownLatch(20_000);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    /* Asks once, and again only when it is called: a call that is lost is one that never goes. */
    class Check implements Runnable {
      private final Place place = wide.newPlace();

      @Override
      public synchronized void run() {
        if (wide.enter(WriteKind.FIRST, place, () -> threads.execute(this)).isZero()) {
          most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
          Thread.yield();
          underWay.decrementAndGet();
          wide.leave(WriteKind.FIRST);
          gone.countDown();
        }
      }
    }
    try {
      for (long left = gone.getCount(); left > 0; left--) {
        threads.execute(new Check());
      }
      assertThat(gone.await(120, TimeUnit.SECONDS))
          .as("%d have not gone", gone.getCount())
          .isTrue();
    } finally {
      threads.shutdownNow();
    }
    assertThat(most.get()).isBetween(1, 4);
    for (int place = 1; place <= 4; place++) {
      assertThat(wide.enter(WriteKind.FIRST, wide.newPlace(), () -> {})).as("%d", place).isZero();
    }
    assertThat(wide.enter(WriteKind.FIRST, wide.newPlace(), () -> {})).as("no fifth").isPositive();
  }
}
