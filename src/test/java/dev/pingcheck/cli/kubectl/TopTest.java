package dev.pingcheck.cli.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.crd.OneOffMark;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TopTest {
  private static final CheckRow WELL = row("well", "True WithinThresholds", 4, "1.5ms");
  private static final CheckRow SLOW = row("slow", "True WithinThresholds", 4, "80ms");
  private static final CheckRow LOSSY = row("lossy", "False LossThresholdExceeded", 3, "1ms");
  private static final CheckRow DEAD = row("dead", "False LossThresholdExceeded", 0, null);
  private static final CheckRow REFUSED =
      CheckRow.of(
          new Statuses("refused")
              .conditions("Accepted False InvalidSpec", "Healthy Unknown NotAccepted")
              .check);
  private static final CheckRow SUSPENDED =
      CheckRow.of(
          new Statuses("asleep")
              .conditions("Accepted True Suspended", "Healthy Unknown Suspended")
              .check);

  /** Of a check that is accepted, after a round of four echo requests. */
  private static CheckRow row(String name, String healthy, int received, String avg) {
    return CheckRow.of(
        new Statuses(name)
            .conditions("Accepted True Accepted", "Healthy " + healthy)
            .round("9f-1", 4, received, avg)
            .check);
  }

  private static List<String> names(RowOrder order) {
    return Stream.of(WELL, SUSPENDED, REFUSED, LOSSY, SLOW, DEAD)
        .sorted(order.comparator())
        .map(CheckRow::name)
        .toList();
  }

  @Test
  void theWorstComeFirst() {
    assertThat(names(RowOrder.WORST))
        .containsExactly("dead", "lossy", "refused", "slow", "well", "asleep");
    assertThat(names(RowOrder.RTT)).startsWith("slow", "well", "lossy");
    assertThat(names(RowOrder.LOSS)).startsWith("dead", "lossy");
    assertThat(names(RowOrder.NAME))
        .containsExactly("asleep", "dead", "lossy", "refused", "slow", "well");
  }

  @Test
  void columnsAreAsWideAsTheyMustBe() {
    assertThat(new CheckTable(true, Statuses.NOW).lines(List.of(DEAD, REFUSED), 200))
        .containsExactly(
            "NAMESPACE   NAME      HEALTHY   REASON                  LOSS   RTT   SINCE   AGE  "
                + " HOSTNAME",
            "prod        dead      False     LossThresholdExceeded   100%   -     2m0s    12s  "
                + " gw.example.com",
            "prod        refused   Unknown   InvalidSpec             -      -     2m0s    -    "
                + " gw.example.com");
  }

  @Test
  void aNarrowTerminalCutsLinesOff() {
    assertThat(new CheckTable(false, Statuses.NOW).lines(List.of(DEAD), 20))
        .containsExactly("NAME   HEALTHY   REA", "dead   False     Los");
  }

  @Test
  void aScreenHoldsNoMoreThanTheTerminalShows() {
    Screen screen = new Screen(new TerminalSize(2, 5));
    screen.add("1234567");
    screen.add("a\u001b[2J");
    screen.add("third");
    assertThat(screen.lines()).containsExactly("12345", "a\\u{1");
  }

  @Test
  void theSizeOfTheTerminalIsWhatSttySays() {
    assertThat(TerminalSize.read("50 132")).isEqualTo(new TerminalSize(50, 132));
    assertThat(TerminalSize.read("0 0")).isEqualTo(TerminalSize.USUAL);
    assertThat(TerminalSize.read("")).isEqualTo(TerminalSize.USUAL);
  }

  @Test
  void whatKilledRunsHaveLeftIsNamed() {
    Statuses left = new Statuses("run-x");
    left.check.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("prod")
            .withName("run-x")
            .addToLabels(OneOffMark.LABEL, "true")
            .addToAnnotations(OneOffMark.EXPIRES, Statuses.NOW.minusSeconds(1).toString())
            .build());
    assertThat(CheckTable.leftOver(List.of(WELL, CheckRow.of(left.check)), Statuses.NOW))
        .containsExactly(
            "Left by killed runs; the next run in the namespace removes them: prod/run-x");
    assertThat(CheckTable.leftOver(List.of(WELL), Statuses.NOW)).isEmpty();
    assertThat(CheckTable.summary(List.of(WELL, DEAD, REFUSED)))
        .isEqualTo("3 checks: 1 unhealthy, 1 unknown, 1 healthy");
  }
}
