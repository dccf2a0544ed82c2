package dev.pingcheck.page.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventHistoryTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final EventHistory history = new EventHistory(START);

  private void add(String uid, int second) {
    add(uid, second, "LossThresholdExceeded", "note " + second);
  }

  private void add(String uid, int second, String reason, String note) {
    history.add(uid, new PastEvent(START.plusSeconds(second), "Warning", reason, note));
  }

  private List<String> notes(String uid) {
    return history.of(uid).stream().map(PastEvent::note).toList();
  }

  @Test
  void theNewestComesFirstHoweverTheyWereSaid() {
    add("a", 1);
    add("a", 3);
    add("a", 2);
    add("b", 4);
    assertThat(notes("a")).containsExactly("note 3", "note 2", "note 1");
  }

  @Test
  void ofOneTimeTheLastSaidComesFirst() {
    add("a", 1, "FlappingStopped", "calm");
    add("a", 1, "LossThresholdExceeded", "bad");
    assertThat(notes("a")).containsExactly("bad", "calm");
  }

  @Test
  void whatIsSaidAgainIsNoOtherEventAndKeepsItsFirstWords() {
    add("a", 1, "LossRecovered", "first");
    add("a", 1, "LossRecovered", "judged again");
    assertThat(notes("a")).containsExactly("first");
  }

  @Test
  void ofACheckTheLastTenAreKept() {
    add("b", 0);
    for (int second = 1; second <= 12; second++) {
      add("a", second);
    }
    assertThat(notes("a")).hasSize(10).startsWith("note 12").endsWith("note 3");
    assertThat(notes("b")).containsExactly("note 0");
    assertThat(history.since()).isEqualTo(START);
  }

  @Test
  void ofAllTheLastTwoThousandAreKeptAndItIsKnownSinceWhen() {
    for (int second = 0; second < 2003; second++) {
      add("check-" + second, second);
    }
    assertThat(notes("check-2")).isEmpty();
    assertThat(notes("check-3")).containsExactly("note 3");
    assertThat(history.since()).isEqualTo(START.plusSeconds(2));
  }

  @Test
  void aCheckThatIsGoneLeavesNothingAndRoomForOthers() {
    for (int second = 1; second <= 2000; second++) {
      add("check-" + second / 5, second);
    }
    history.forget("check-0");
    assertThat(notes("check-0")).isEmpty();
    for (int second = 2001; second <= 2004; second++) {
      add("later", second);
    }
    assertThat(notes("check-1")).hasSize(5);
    assertThat(history.since()).isEqualTo(START);
  }

  @Test
  void aNoteIsNoLongerThanTheApiTakes() {
    add("a", 1, "LossRecovered", "x".repeat(3000));
    assertThat(notes("a").getFirst()).hasSize(1024);
  }
}
