package dev.pingcheck.operator;

import static dev.pingcheck.operator.NamespaceLedger.Standing.FITS;
import static dev.pingcheck.operator.NamespaceLedger.Standing.TOO_MANY_CHECKS;
import static dev.pingcheck.operator.NamespaceLedger.Standing.TOO_MANY_ECHOES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.operator.NamespaceLedger.Place;
import dev.pingcheck.operator.NamespaceLedger.Standing;
import dev.pingcheck.plan.policy.Limit;
import dev.pingcheck.plan.policy.Limits;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NamespaceLedgerTest {
  private static final long ONE = 1_000_000;

  @Test
  void theOldestChecksHaveThePlacesInWhateverOrderTheyAreSeen() {
    NamespaceLedger ledger = ledger(2, 100);
    assertThat(ledger.put(place(3, "c"), ONE)).isEmpty();
    assertThat(ledger.put(place(2, "b"), ONE)).isEmpty();
    assertThat(ledger.put(place(1, "a"), ONE)).containsExactly("c");
    assertThat(ledger.standing("uid-a")).isEqualTo(FITS);
    assertThat(ledger.standing("uid-b")).isEqualTo(FITS);
    assertThat(ledger.standing("uid-c")).isEqualTo(TOO_MANY_CHECKS);
    assertThat(ledger.checks()).isEqualTo(2);
  }

  @Test
  void checksOfOneSecondAreInTheOrderOfTheirNames() {
    NamespaceLedger ledger = ledger(1, 100);
    ledger.put(new Place("2026-01-01T00:00:01Z", "b", "uid-1"), ONE);
    assertThat(ledger.put(new Place("2026-01-01T00:00:01Z", "a", "uid-2"), ONE))
        .containsExactly("b");
    assertThat(ledger.standing("uid-2")).isEqualTo(FITS);
  }

  @Test
  void roomThatAppearsGoesToTheOldestThatWaits() {
    NamespaceLedger ledger = ledger(1, 100);
    ledger.put(place(1, "a"), ONE);
    ledger.put(place(2, "b"), ONE);
    ledger.put(place(3, "c"), ONE);
    assertThat(ledger.remove("uid-a")).containsExactly("b");
    assertThat(ledger.standing("uid-b")).isEqualTo(FITS);
    assertThat(ledger.standing("uid-c")).isEqualTo(TOO_MANY_CHECKS);
  }

  @Test
  void aLimitMayBeFilledToTheLastEcho() {
    NamespaceLedger ledger = ledger(100, 10);
    ledger.put(place(1, "a"), 6 * ONE);
    ledger.put(place(2, "b"), 4 * ONE);
    ledger.put(place(3, "c"), 1);
    assertThat(ledger.standing("uid-b")).isEqualTo(FITS);
    assertThat(ledger.standing("uid-c")).isEqualTo(TOO_MANY_ECHOES);
    assertThat(ledger.micros()).isEqualTo(10 * ONE);
  }

  @Test
  void aCheckThatDoesNotFitTakesNothingFromThoseBehindIt() {
    NamespaceLedger ledger = ledger(2, 10);
    ledger.put(place(1, "a"), 6 * ONE);
    ledger.put(place(2, "big"), 5 * ONE);
    ledger.put(place(3, "small"), 4 * ONE);
    assertThat(ledger.standing("uid-big")).isEqualTo(TOO_MANY_ECHOES);
    assertThat(ledger.standing("uid-small")).isEqualTo(FITS);
  }

  @Test
  void aCheckThatAsksForLessMakesRoom() {
    NamespaceLedger ledger = ledger(100, 10);
    ledger.put(place(1, "a"), 10 * ONE);
    ledger.put(place(2, "b"), 3 * ONE);
    assertThat(ledger.put(place(1, "a"), 7 * ONE)).containsExactly("b");
    assertThat(ledger.put(place(1, "a"), 8 * ONE)).containsExactly("b");
    assertThat(ledger.standing("uid-b")).isEqualTo(TOO_MANY_ECHOES);
  }

  @Test
  void whoAsksForTheSameOrIsUnknownMovesNobody() {
    NamespaceLedger ledger = ledger(1, 10);
    ledger.put(place(1, "a"), ONE);
    ledger.put(place(2, "b"), ONE);
    assertThat(ledger.put(place(1, "a"), ONE)).isEmpty();
    assertThat(ledger.remove("uid-z")).isEmpty();
    assertThat(ledger.standing("uid-z")).isEqualTo(FITS);
  }

  /** Random changes, each answer held against working everything out from the start. */
  @Test
  void everyStandingIsThatOfASlowOracle() {
    long seed = 4711;
    Random random = new Random(seed);
    int refused = 0;
    for (int run = 0; run < 200; run++) {
      int checks = random.nextInt(12);
      int echoes = 1 + random.nextInt(20);
      NamespaceLedger ledger = ledger(checks, echoes);
      TreeMap<Place, Long> all = new TreeMap<>();
      Map<String, Standing> before = new HashMap<>();
      for (int step = 0; step < 100; step++) {
        Place place = place(random.nextInt(6), "n" + random.nextInt(20));
        all.keySet().removeIf(p -> p.uid().equals(place.uid()) && !p.equals(place));
        List<String> moved;
        if (random.nextInt(4) == 0) {
          moved = ledger.remove(place.uid());
          all.remove(place);
        } else {
          ledger.remove(place.uid());
          long micros = random.nextInt(5) * ONE;
          moved = ledger.put(place, micros);
          all.put(place, micros);
        }
        Map<String, Standing> now = oracle(all, checks, echoes);
        for (Place each : all.keySet()) {
          assertThat(ledger.standing(each.uid()))
              .as("seed %d, run %d, step %d, %s", seed, run, step, each)
              .isEqualTo(now.get(each.name()));
          refused += now.get(each.name()) == FITS ? 0 : 1;
        }
        assertThat(new HashSet<>(moved)).isSubsetOf(now.keySet());
        before = now;
      }
      assertThat(before).hasSize(all.size());
    }
    assertThat(refused).isGreaterThan(10_000);
  }

  /** What put and remove say is exactly who stands differently from before. */
  @Test
  void whoHasMovedIsToldCompletely() {
    Random random = new Random(99);
    NamespaceLedger ledger = ledger(6, 12);
    TreeMap<Place, Long> all = new TreeMap<>();
    Map<String, Standing> before = Map.of();
    for (int step = 0; step < 5_000; step++) {
      int number = random.nextInt(20);
      Place place = place(number % 5, "n" + number);
      boolean removes = random.nextInt(3) == 0;
      long micros = random.nextInt(5) * ONE;
      List<String> moved = removes ? ledger.remove(place.uid()) : ledger.put(place, micros);
      if (removes) {
        all.remove(place);
      } else {
        all.put(place, micros);
      }
      Map<String, Standing> now = oracle(all, 6, 12);
      Set<String> expected = new HashSet<>();
      for (String name : now.keySet()) {
        if (before.containsKey(name) && before.get(name) != now.get(name)) {
          expected.add(name);
        }
      }
      expected.remove(place.name());
      assertThat(new HashSet<>(moved)).as("step %d", step).isEqualTo(expected);
      before = now;
    }
  }

  private static Map<String, Standing> oracle(TreeMap<Place, Long> all, int checks, int echoes) {
    Map<String, Standing> standings = new HashMap<>();
    int taken = 0;
    long micros = 0;
    for (Map.Entry<Place, Long> next : all.entrySet()) {
      Standing standing = FITS;
      if (taken >= checks) {
        standing = TOO_MANY_CHECKS;
      } else if (micros + next.getValue() > echoes * ONE) {
        standing = TOO_MANY_ECHOES;
      } else {
        taken++;
        micros += next.getValue();
      }
      standings.put(next.getKey().name(), standing);
    }
    return standings;
  }

  private static Place place(int second, String name) {
    return new Place("2026-01-01T00:00:0" + second + "Z", name, "uid-" + name);
  }

  private static NamespaceLedger ledger(int checks, int echoes) {
    return new NamespaceLedger(
        new Limits(
            new Limit<>(checks, "x"),
            new Limit<>(echoes, "x"),
            new Limit<>(1, "x"),
            new Limit<>(16, "x"),
            new Limit<>(Duration.ofSeconds(1), "x"),
            new Limit<>(Duration.ofSeconds(1), "x"),
            new Limit<>(true, "x")));
  }
}
