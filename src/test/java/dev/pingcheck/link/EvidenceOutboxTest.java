package dev.pingcheck.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.link.proto.EvidencePart;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvidenceOutboxTest {
  private static final EvidenceQuestion FIRST = new EvidenceQuestion("a", 1);
  private static final EvidenceQuestion SECOND = new EvidenceQuestion("b", 2);

  private final EvidenceOutbox outbox = new EvidenceOutbox();

  private List<EvidencePart> drain() {
    List<EvidencePart> parts = new ArrayList<>();
    for (var next = outbox.next(); next.isPresent(); next = outbox.next()) {
      parts.add(next.get().getEvidence());
    }
    return parts;
  }

  @Test
  void aFileLeavesInPartsThatAreSmallAndInOrder() {
    byte[] file = new byte[(16 << 10) + 5];
    file[0] = 1;
    file[file.length - 1] = 2;
    outbox.add(FIRST, file);
    outbox.add(SECOND, new byte[] {3});
    List<EvidencePart> parts = drain();
    assertThat(parts).extracting(EvidencePart::getUid).containsExactly("a", "a", "b");
    assertThat(parts).extracting(p -> p.getOctets().size()).containsExactly(16 << 10, 5, 1);
    assertThat(parts).extracting(EvidencePart::getOffset).containsExactly(0, 16 << 10, 0);
    assertThat(parts).allMatch(EvidencePart::hasOffset);
    assertThat(parts).extracting(EvidencePart::getComplete).containsExactly(false, true, true);
    assertThat(parts.get(0).getOctets().byteAt(0)).isEqualTo((byte) 1);
    assertThat(parts.get(1).getOctets().byteAt(4)).isEqualTo((byte) 2);
  }

  @Test
  void whereAPartBelongsIsUnknownOfAnOlderProbeAlone() {
    outbox.add(FIRST, new byte[1]);
    assertThat(EvidenceMessages.decode(drain().getFirst()).offset()).hasValue(0);
    assertThat(EvidenceMessages.decode(EvidencePart.getDefaultInstance()).offset()).isEmpty();
  }

  @Test
  void whatDoesNotFitIsSaidToBeMissing() {
    outbox.add(FIRST, new byte[1 << 20]);
    outbox.add(SECOND, new byte[1]);
    EvidencePart first = outbox.next().orElseThrow().getEvidence();
    assertThat(first.getUid()).isEqualTo("b");
    assertThat(first.getMissing()).isEqualTo("the probe was busy with the packets of other rounds");
    assertThat(drain()).hasSize(64).allMatch(part -> part.getUid().equals("a"));
    outbox.add(SECOND, new byte[1]);
    assertThat(drain()).extracting(EvidencePart::getMissing).containsExactly("");
  }

  @Test
  void anAnswerThatIsAskedForAgainBeginsAnewAndTakesNoMoreRoom() {
    outbox.add(FIRST, new byte[1 << 20]);
    outbox.next();
    outbox.add(FIRST, new byte[1 << 20]);
    assertThat(drain())
        .hasSize(64)
        .extracting(EvidencePart::getOffset)
        .startsWith(0, 16 << 10)
        .doesNotHaveDuplicates();
  }

  @Test
  void nothingIsForTheNextStream() {
    outbox.add(FIRST, new byte[1 << 20]);
    outbox.next();
    outbox.clear();
    assertThat(outbox.next()).isEmpty();
    outbox.add(SECOND, new byte[1 << 20]);
    assertThat(drain()).hasSize(64);
  }

  @Test
  void ofTheFiguresTheNewestCount() {
    outbox.put(new CaptureFigures(1, 0, 0, 0));
    outbox.put(new CaptureFigures(2, 0, 0, 0));
    assertThat(outbox.next().orElseThrow().getCaptureCounts().getCaptured()).isEqualTo(2);
    assertThat(outbox.next()).isEmpty();
  }
}
