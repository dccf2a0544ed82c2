package dev.pingcheck.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.link.Placement.Beside;
import dev.pingcheck.link.Placement.Central;
import dev.pingcheck.link.Placement.OnNode;
import dev.pingcheck.link.Roster.Seat;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RosterTest {
  private static final Duration PERIOD = Duration.ofSeconds(30);
  private static final long SECOND = 1_000_000_000L;
  private static final Seat SIDECAR = Seat.of(new Beside(), "9f3c21aa");
  private static final Seat ONE = Seat.of(new Central("central-1"), "11111111");
  private static final Seat TWO = Seat.of(new Central("central-2"), "22222222");

  private final Roster roster = new Roster();

  private Optional<Seat> owner(int check, Duration period, long now) {
    return roster.central("uid-" + check, period, now);
  }

  private List<Optional<Seat>> owners(long now) {
    return IntStream.range(0, 100).mapToObj(check -> owner(check, PERIOD, now)).toList();
  }

  /** A check that the second central probe pings. */
  private int checkOf(Seat seat) {
    return IntStream.range(0, 100)
        .filter(check -> owner(check, PERIOD, 0).equals(Optional.of(seat)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theProbeBesideTheOperatorPingsAllUntilACentralOneIsThere() {
    roster.join(SIDECAR);
    assertThat(owners(0)).containsOnly(Optional.of(SIDECAR));
    roster.join(ONE);
    assertThat(owners(0)).containsOnly(Optional.of(ONE));
    roster.leave(ONE);
    assertThat(owners(0)).containsOnly(Optional.of(SIDECAR));
  }

  @Test
  void theLastCentralProbeThatBreaksOffLeavesAllToTheOneBesideTheOperator() {
    roster.join(SIDECAR);
    roster.join(ONE);
    roster.breakOff(ONE, 0);
    assertThat(owners(4 * SECOND)).containsOnly(Optional.of(ONE));
    assertThat(owners(5 * SECOND)).containsOnly(Optional.of(SIDECAR));
  }

  @Test
  void aProbeThatBreaksOffKeepsItsShareForFiveSeconds() {
    roster.join(ONE);
    roster.join(TWO);
    List<Optional<Seat>> before = owners(0);
    roster.breakOff(TWO, 0);
    assertThat(owners(5 * SECOND - 1)).isEqualTo(before);
    roster.join(TWO);
    assertThat(owners(9 * SECOND)).isEqualTo(before);
    roster.breakOff(TWO, 10 * SECOND);
    assertThat(owners(15 * SECOND)).containsOnly(Optional.of(ONE));
    assertThat(roster.incompleteGroups()).containsExactly("central");
    roster.expire(15 * SECOND);
    assertThat(roster.incompleteGroups()).isEmpty();
  }

  @Test
  void aShareOfShortPeriodsIsKeptForOnePeriodAlone() {
    roster.join(ONE);
    roster.join(TWO);
    int check = checkOf(TWO);
    roster.breakOff(TWO, 0);
    Duration short2 = Duration.ofMillis(2500);
    assertThat(owner(check, short2, 2 * SECOND - 1)).contains(TWO);
    assertThat(owner(check, short2, 2 * SECOND)).contains(ONE);
  }

  @Test
  void aProbeThatSaysThatItEndsLeavesItsShareAtOnce() {
    roster.join(ONE);
    roster.join(TWO);
    roster.leave(TWO);
    assertThat(owners(0)).containsOnly(Optional.of(ONE));
    assertThat(roster.incompleteGroups()).isEmpty();
  }

  @Test
  void aNewProbeBesideTheOperatorSucceedsTheOneThatBrokeOff() {
    Seat next = Seat.of(new Beside(), "aaaaaaaa");
    roster.join(SIDECAR);
    roster.breakOff(SIDECAR, 0);
    roster.join(next);
    assertThat(owners(0)).containsOnly(Optional.of(next));
  }

  @Test
  void aNewPodOnANodeSucceedsTheOneThatBrokeOffThere() {
    Seat old = Seat.of(new OnNode("node-1", "probe-a"), "11111111");
    Seat next = Seat.of(new OnNode("node-1", "probe-b"), "22222222");
    roster.join(old);
    roster.breakOff(old, 0);
    assertThat(roster.winner("node/node-1", "uid-1", PERIOD, 0)).contains(old);
    roster.join(next);
    assertThat(roster.winner("node/node-1", "uid-1", PERIOD, 0)).contains(next);
    assertThat(roster.winner("node/node-2", "uid-1", PERIOD, 0)).isEmpty();
    assertThat(owner(1, PERIOD, 0)).isEmpty();
  }
}
