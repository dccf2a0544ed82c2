package dev.pingcheck.capture;

import static dev.pingcheck.capture.Packets.HOST;
import static dev.pingcheck.capture.Packets.OURS;
import static dev.pingcheck.capture.Packets.ipv4;
import static dev.pingcheck.capture.Packets.lost;
import static dev.pingcheck.capture.Packets.raw;
import static dev.pingcheck.capture.Packets.round;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.clock.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EvidenceKeeperTest {
  private long nanos;
  private final Clock clock =
      new Clock() {
        @Override
        public long nanoTime() {
          return nanos;
        }

        @Override
        public Instant now() {
          return Packets.START.plusNanos(nanos);
        }
      };
  private final EvidenceKeeper keeper = new EvidenceKeeper(clock, 1 << 20);
  private final List<String> answers = new ArrayList<>();

  private void ask(String uid, long number) {
    keeper.ask(
        uid,
        number,
        new EvidenceAnswer() {
          @Override
          public void file(byte[] octets) {
            answers.add(uid + number + " " + PcapReading.comments(octets, 6).size());
          }

          @Override
          public void missing(String why) {
            answers.add(uid + number + " missing");
          }
        });
  }

  private void after(int millis) {
    nanos = millis * 1_000_000L;
    keeper.tick();
  }

  @Test
  void aFileIsMadeHalfASecondLaterAndWhoAskedBeforeGetsItThen() {
    keeper.accept(raw(0, ipv4(8, OURS, HOST, 1)));
    nanos = 2_000_000_000L;
    keeper.ended(round("a", 1, lost(HOST, 1)));
    ask("a", 1);
    after(2_499);
    assertThat(answers).isEmpty();
    keeper.accept(raw(2_499, ipv4(0, HOST, OURS, 1)));
    after(2_500);
    assertThat(answers).containsExactly("a1 2");
    ask("a", 1);
    assertThat(answers).containsExactly("a1 2", "a1 2");
  }

  @Test
  void whatNobodyKnowsIsMissingAtOnce() {
    ask("a", 7);
    assertThat(answers).containsExactly("a7 missing");
  }

  @Test
  void anErrorThatQuotesAnotherProgramsRequestIsNotKept() {
    keeper.accept(raw(0, ipv4(8, OURS, HOST, 1)));
    byte[] foreign = Packets.foreign(OURS, HOST, 0x4321);
    keeper.accept(raw(1, Packets.ipv4Error(3, "192.0.2.254", foreign, 28)));
    assertThat(keeper.counts(0).captured()).isEqualTo(1);
    keeper.accept(raw(2, Packets.ipv4Error(3, "192.0.2.254", ipv4(8, OURS, HOST, 1), 28)));
    assertThat(keeper.counts(0).captured()).isEqualTo(2);
  }

  @Test
  void whatBelongsToAnotherCheckIsLetGoAndItsQuestionsAnswered() {
    keeper.accept(raw(0, ipv4(8, OURS, HOST, 1)));
    keeper.ended(round("a", 1, lost(HOST, 1)));
    keeper.ended(round("b", 1, lost(HOST, 1)));
    ask("a", 1);
    keeper.retain(Set.of("b"));
    assertThat(answers).containsExactly("a1 missing");
    after(500);
    ask("a", 1);
    ask("b", 1);
    assertThat(answers).containsExactly("a1 missing", "a1 missing", "b1 1");
  }

  @Test
  void theOldestFilesGoFirst() {
    EvidenceShelf shelf = new EvidenceShelf(250);
    for (int i = 1; i <= 3; i++) {
      shelf.put(new EvidenceShelf.Key("a", i), new byte[100]);
    }
    List<Integer> found = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      shelf.ask(
          new EvidenceShelf.Key("a", i),
          new EvidenceAnswer() {
            @Override
            public void file(byte[] octets) {
              found.add(octets.length);
            }

            @Override
            public void missing(String why) {
              found.add(0);
            }
          });
    }
    assertThat(found).containsExactly(0, 100, 100);
    assertThat(shelf.size()).isEqualTo(200);
    assertThat(shelf.evicted()).isEqualTo(1);
  }
}
