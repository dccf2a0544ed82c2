package dev.pingcheck.report.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitingLineTest {
  private static final int PLACES = 16;
  private static final int GUESTS = 2_000;

  /** Something that happens, at its time in nanoseconds. */
  private record Moment(long at, long order, Runnable what) {}

  /**
   * All of them at once before one gate: a call takes a time to reach its guest, a stay another.
   */
  private static final class Gathering {
    private final WaitingLine<Integer> line = new WaitingLine<>(PLACES);
    private final PriorityQueue<Moment> agenda =
        new PriorityQueue<>(Comparator.comparing(Moment::at).thenComparing(Moment::order));
    private final List<Integer> served = new ArrayList<>();
    private final long call;
    private final long stay;
    private long now;
    private long order;
    private int inside;
    private int asked;

    Gathering(long callMillis, long stayMillis) {
      call = callMillis * 1_000_000;
      stay = stayMillis * 1_000_000;
    }

    Gathering run() {
      for (int guest = 0; guest < GUESTS; guest++) {
        ask(guest);
      }
      while (!agenda.isEmpty()) {
        Moment next = agenda.poll();
        now = next.at;
        next.what.run();
      }
      return this;
    }

    private void ask(int guest) {
      asked++;
      if (line.passes(guest, () -> in(call, () -> ask(guest)), PLACES - inside, now)) {
        inside++;
        served.add(guest);
        in(stay, this::leave);
      }
    }

    private void leave() {
      inside--;
      line.next(PLACES - inside, now).forEach(Runnable::run);
    }

    private void in(long nanos, Runnable what) {
      agenda.add(new Moment(now + nanos, order++, what));
    }

    /** How long it took, in stays of all guests one after the other at full places. */
    double stretch() {
      return (double) now / (stay * ((double) GUESTS / PLACES));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 60", "20, 60", "80, 60", "60, 20"})
  void placesAreHardlyEverEmptyHoweverLongACallTakes(long call, long stay) {
    Gathering gathering = new Gathering(call, stay).run();
    assertThat(gathering.served).hasSize(GUESTS).doesNotHaveDuplicates();
    assertThat(gathering.stretch()).isLessThan(1.3);
  }

  @Test
  void nobodyIsOvertakenByMoreThanThoseWhoAreCalledAtOnce() {
    List<Integer> served = new Gathering(80, 60).run().served;
    for (int place = 0; place < GUESTS; place++) {
      assertThat(Math.abs(served.get(place) - place)).isLessThanOrEqualTo(2 * PLACES);
    }
  }

  @Test
  void whereACallIsQuickFewAskInVain() {
    assertThat(new Gathering(1, 60).run().asked).isLessThan(GUESTS * 5 / 2);
  }
}
