package dev.pingcheck.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pingcheck.link.CaptureFigures;
import dev.pingcheck.link.EvidencePart;
import dev.pingcheck.link.EvidenceQuestion;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceDeskTest {
  private static final String FILE = "20260101T000000.123Z-9f3c21aa-17.pcapng";

  @TempDir Path root;
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private BiConsumer<String, EvidenceQuestion> probes = (probe, question) -> {};
  private boolean isThere = true;
  private EvidenceFolder folder;
  private EvidenceDesk desk;

  @BeforeEach
  void open() {
    folder = new EvidenceFolder(root, EvidenceFolder.Limits.DEFAULT);
    desk =
        new EvidenceDesk(
            folder,
            (probe, question) -> {
              asked.add(probe + " " + question.uid() + question.round());
              probes.accept(probe, question);
              return CompletableFuture.completedFuture(isThere);
            },
            new EvidenceMetrics(registry, folder),
            new EvidenceDesk.Patience(Duration.ofMillis(50), Duration.ofMillis(10), 3));
  }

  @AfterEach
  void close() {
    desk.close();
  }

  private static EvidencePart part(
      EvidenceQuestion of, int offset, byte[] octets, boolean complete) {
    return new EvidencePart(of, OptionalInt.of(offset), octets, complete, "");
  }

  private void awaitCount(String name, int count) {
    await().atMost(60, TimeUnit.SECONDS).until(() -> count(name) == count);
  }

  private double count(String name) {
    return registry.get("pingcheck." + name).counter().count();
  }

  @Test
  void theProbeOfTheRoundIsAskedAndItsPartsBecomeTheFile() {
    probes =
        (probe, question) -> {
          desk.part(probe, part(question, 0, new byte[] {1, 2}, false));
          desk.part("another", part(question, 2, new byte[] {9}, true));
          desk.part(probe, part(new EvidenceQuestion("uid", 18), 2, new byte[] {9}, true));
          desk.part(probe, part(question, 2, new byte[] {3}, true));
        };
    desk.want("team", "gateway", "uid", FILE);
    awaitCount("evidence.stored", 1);
    assertThat(asked).containsExactly("9f3c21aa uid17");
    assertThat(root.resolve("team/gateway/" + FILE)).hasBinaryContent(new byte[] {1, 2, 3});
    assertThat(registry.get("pingcheck.evidence.bytes").gauge().value()).isEqualTo(3);
  }

  @Test
  void whoeverWantsAFileThatIsThereAsksNobody() {
    probes = (probe, question) -> desk.part(probe, part(question, 0, new byte[] {1}, true));
    desk.want("team", "gateway", "uid", FILE);
    desk.want("team", "gateway", "uid", FILE);
    desk.want("team", "gateway", "uid", FILE.replace("17", "18"));
    awaitCount("evidence.stored", 2);
    assertThat(asked).containsExactly("9f3c21aa uid17", "9f3c21aa uid18");
  }

  @Test
  void aSilentProbeIsAskedAgainAndThenGivenUp() {
    desk.want("team", "gateway", "uid", FILE);
    awaitCount("evidence.missing", 1);
    assertThat(asked).hasSize(3);
    assertThat(folder.totals().files()).isZero();
  }

  @Test
  void aProbeThatIsNotThereIsLookedForAgainAndThenGivenUp() {
    isThere = false;
    desk.want("team", "gateway", "uid", FILE);
    awaitCount("evidence.missing", 1);
    assertThat(asked).hasSize(3);
  }

  @Test
  void aProbeThatIsNotThereDelaysNoOther() {
    EvidenceDesk.Patience endless =
        new EvidenceDesk.Patience(Duration.ofDays(1), Duration.ofDays(1), 3);
    EvidenceMetrics metrics = new EvidenceMetrics(new SimpleMeterRegistry(), folder);
    EvidenceDesk.Line line =
        (probe, question) -> {
          asked.add(probe);
          return CompletableFuture.completedFuture(false);
        };
    try (EvidenceDesk patient = new EvidenceDesk(folder, line, metrics, endless)) {
      patient.want("team", "gateway", "uid", FILE);
      patient.want("team", "gateway", "uid", FILE.replace("9f3c21aa", "00000001"));
      await().atMost(60, TimeUnit.SECONDS).until(() -> asked.contains("00000001"));
    }
  }

  @Test
  void theRestOfAnAnswerThatCameTooLateIsNoPartOfTheNext() {
    probes =
        (probe, question) -> {
          if (asked.size() == 2) {
            desk.part(probe, part(question, 2, new byte[] {3}, true));
          }
          desk.part(probe, part(question, 0, new byte[] {1, 2}, false));
          if (asked.size() == 2) {
            desk.part(probe, part(question, 2, new byte[] {3}, true));
          }
        };
    desk.want("team", "gateway", "uid", FILE);
    awaitCount("evidence.stored", 1);
    assertThat(asked).hasSize(2);
    assertThat(root.resolve("team/gateway/" + FILE)).hasBinaryContent(new byte[] {1, 2, 3});
  }

  @Test
  void aProbeThatHasNothingIsBelieved() {
    probes =
        (probe, question) ->
            desk.part(
                probe,
                new EvidencePart(question, OptionalInt.empty(), new byte[0], true, "it is gone"));
    desk.want("team", "gateway", "uid", FILE);
    awaitCount("evidence.missing", 1);
    assertThat(asked).hasSize(1);
  }

  @Test
  void aNameThatIsNoneIsNeverAPath() {
    desk.want("team", "gateway", "uid", "../../../etc/passwd");
    desk.want("..", "gateway", "uid", FILE);
    assertThat(count("evidence.missing")).isEqualTo(2);
    assertThat(asked).isEmpty();
  }

  @Test
  void whatProbesCountIsAddedUpOnceThoughTheirLinkBreaks() {
    desk.figures("a", new CaptureFigures(10, 1, 0, 500));
    desk.figures("b", new CaptureFigures(3, 0, 0, 100));
    desk.figures("a", new CaptureFigures(15, 4, 2, 700));
    desk.figures("a", CaptureFigures.NONE);
    assertThat(registry.get("pingcheck.capture.kept.bytes").gauge().value()).isEqualTo(100);
    desk.figures("a", new CaptureFigures(16, 4, 2, 50));
    desk.figures("a", new CaptureFigures(18, 4, 2, 50));
    desk.figures("b", new CaptureFigures(4, 0, 0, 100));
    assertThat(count("capture.packets")).isEqualTo(8);
    assertThat(count("capture.evicted")).isEqualTo(3);
    assertThat(count("capture.kernel.drops")).isEqualTo(2);
    assertThat(registry.get("pingcheck.capture.kept.bytes").gauge().value()).isEqualTo(150);
  }
}
