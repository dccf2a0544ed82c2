package dev.pingcheck.page.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.stats.Pacing;
import dev.pingcheck.stats.Resolution;
import dev.pingcheck.stats.RoundId;
import dev.pingcheck.stats.RoundReport;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PastTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final Past past = Past.beginning(START);

  private void live(String uid) {
    past.rounds()
        .add(
            new RoundReport(
                uid,
                1,
                new RoundId("past", 1),
                START,
                START,
                Resolution.literal(),
                List.of(),
                Pacing.ON_TIME));
    past.events().add(uid, new PastEvent(START, "Warning", "ProbeSilent", "It is silent."));
  }

  @Test
  void aCheckThatIsGoneTakesItsRoundsAndEventsAlong() {
    live("gone");
    live("stays");
    past.forget("gone");
    assertThat(past.rounds().of("gone")).isEmpty();
    assertThat(past.events().of("gone")).isEmpty();
    assertThat(past.rounds().of("stays")).hasSize(1);
    assertThat(past.events().of("stays")).hasSize(1);
  }
}
