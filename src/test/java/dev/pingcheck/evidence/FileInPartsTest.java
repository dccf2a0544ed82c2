package dev.pingcheck.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pingcheck.link.EvidencePart;
import dev.pingcheck.link.EvidenceQuestion;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class FileInPartsTest {
  private static final String PROBE = "9f3c21aa";
  private static final EvidenceQuestion QUESTION = new EvidenceQuestion("uid", 17);

  /** The type of the block with which each pcapng file begins. */
  private static final byte[] HEADER = {0x0a, 0x0d, 0x0d, 0x0a};

  private static final byte[] NONE = {};

  private final FileInParts file = new FileInParts(PROBE, QUESTION);

  private void take(OptionalInt offset, boolean complete, int... octets) {
    byte[] part = new byte[octets.length];
    for (int i = 0; i < octets.length; i++) {
      part[i] = (byte) octets[i];
    }
    file.take(PROBE, new EvidencePart(QUESTION, offset, part, complete, ""));
  }

  private void begin(int... octets) {
    take(OptionalInt.of(0), false, octets);
  }

  private void end(int offset, int... octets) {
    take(OptionalInt.of(offset), true, octets);
  }

  @Test
  void itIsNotCompleteBeforeItHasBegun() {
    end(2, 3);
    assertThat(file.whole()).isNotDone();
    begin(1, 2);
    end(2, 3);
    assertThat(file.whole().getNow(NONE)).containsExactly(1, 2, 3);
  }

  @Test
  void anAnswerThatBeginsAnewReplacesWhatHasCome() {
    begin(8, 9);
    begin(1, 2);
    end(2, 3);
    assertThat(file.whole().getNow(NONE)).containsExactly(1, 2, 3);
  }

  @Test
  void whatLeavesAGapOrComesTwiceIsNotTaken() {
    begin(1, 2);
    end(3, 4);
    end(1, 2);
    end(-1, 9);
    assertThat(file.whole()).isNotDone();
    end(2, 3);
    assertThat(file.whole().getNow(NONE)).containsExactly(1, 2, 3);
  }

  @Test
  void thePartsOfAnOlderProbeFollowTheOneThatBeginsAsAFileDoes() {
    take(OptionalInt.empty(), true, 7);
    assertThat(file.whole()).isNotDone();
    take(OptionalInt.empty(), false, HEADER[0], HEADER[1], HEADER[2], HEADER[3], 1);
    take(OptionalInt.empty(), true, 2);
    assertThat(file.whole().getNow(NONE)).containsExactly(0x0a, 0x0d, 0x0d, 0x0a, 1, 2);
  }

  @Test
  void itIsOneMebibyteAtMost() {
    begin(new int[1 << 20]);
    assertThat(file.whole()).isNotDone();
    end(1 << 20, 1);
    assertThatThrownBy(file.whole()::join).hasMessageEndingWith("they are more than 1 MiB");
  }
}
