package dev.pingcheck.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pingcheck.stats.EvidenceName;
import dev.pingcheck.stats.RoundId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceFolderTest {
  private static final CheckName GATEWAY = CheckName.read("team", "gateway").orElseThrow();
  private static final CheckName OTHER = CheckName.read("other", "host").orElseThrow();

  @TempDir Path root;

  private EvidenceFolder folder(long bytes, int files, int filesOfCheck) {
    return new EvidenceFolder(root, new EvidenceFolder.Limits(bytes, files, filesOfCheck));
  }

  private static EvidenceName name(int second) {
    return new EvidenceName(
        Instant.parse("2026-01-01T00:00:00Z").plusSeconds(second), new RoundId("9f3c21aa", second));
  }

  private static List<Integer> seconds(EvidenceFolder folder, CheckName check) throws IOException {
    return folder.list(check).stream().map(file -> (int) file.name().round().number()).toList();
  }

  @Test
  void nothingIsMadeBeforeTheFirstFileComes() throws IOException {
    EvidenceFolder folder = new EvidenceFolder(root.resolve("a/b"), EvidenceFolder.Limits.DEFAULT);
    assertThat(folder.list(GATEWAY)).isEmpty();
    assertThat(root.resolve("a")).doesNotExist();
    folder.put(GATEWAY, name(1), new byte[10]);
    assertThat(folder.has(GATEWAY, name(1))).isTrue();
    assertThat(folder.read(GATEWAY, name(1))).contains(new byte[10]);
    assertThat(folder.read(GATEWAY, name(2))).isEmpty();
    assertThat(folder.totals()).isEqualTo(new EvidenceFolder.Totals(1, 10));
  }

  @Test
  void ofACheckTheOldestGoFirst() throws IOException {
    EvidenceFolder folder = folder(1000, 100, 2);
    folder.put(OTHER, name(0), new byte[10]);
    for (int second = 1; second <= 3; second++) {
      folder.put(GATEWAY, name(second), new byte[10]);
    }
    assertThat(seconds(folder, GATEWAY)).containsExactly(3, 2);
    assertThat(seconds(folder, OTHER)).containsExactly(0);
    assertThat(folder.totals()).isEqualTo(new EvidenceFolder.Totals(3, 30));
  }

  @Test
  void ofAllChecksTheOldestGoFirstByNumberAndBySize() throws IOException {
    EvidenceFolder byNumber = folder(1000, 2, 10);
    byNumber.put(OTHER, name(1), new byte[10]);
    byNumber.put(GATEWAY, name(2), new byte[10]);
    byNumber.put(GATEWAY, name(3), new byte[10]);
    assertThat(seconds(byNumber, OTHER)).isEmpty();
    assertThat(root.resolve("other")).doesNotExist();
    EvidenceFolder bySize = folder(25, 100, 10);
    bySize.put(OTHER, name(4), new byte[10]);
    assertThat(seconds(bySize, GATEWAY)).containsExactly(3);
    assertThat(seconds(bySize, OTHER)).containsExactly(4);
    assertThat(bySize.totals()).isEqualTo(new EvidenceFolder.Totals(2, 20));
  }

  @Test
  void whatAnEarlierProcessLeftCountsAndWhatItLeftHalfWrittenIsRemoved() throws IOException {
    folder(1000, 100, 10).put(GATEWAY, name(1), new byte[10]);
    Path half = root.resolve("team/gateway/" + name(2) + ".part");
    Files.write(half, new byte[5]);
    EvidenceFolder again = folder(1000, 100, 10);
    assertThat(again.totals()).isEqualTo(new EvidenceFolder.Totals(1, 10));
    assertThat(half).doesNotExist();
  }

  @Test
  void aFileThatGoesWhileFilesAreListedIsNotListed() throws IOException {
    EvidenceFolder folder = folder(1000, 100, 10);
    folder.put(GATEWAY, name(1), new byte[10]);
    // There for whoever lists the names, and gone for whoever looks closer.
    Files.createSymbolicLink(root.resolve("team/gateway/" + name(2)), root.resolve("gone"));
    assertThat(seconds(folder, GATEWAY)).containsExactly(1);
    folder.put(GATEWAY, name(3), new byte[10]);
    assertThat(folder.totals()).isEqualTo(new EvidenceFolder.Totals(2, 20));
  }

  @Test
  void aFolderThatIsRemovedWhileFilesAreListedHoldsNone() throws Exception {
    EvidenceFolder folder = folder(1000, 1, 10);
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      Future<?> putting =
          other.submit(() -> {
            for (int second = 0; second < 100; second++) {
              folder.put(second % 2 == 0 ? GATEWAY : OTHER, name(second), new byte[1]);
            }
            return null;
          });
      while (!putting.isDone()) {
        assertThat(folder.list(GATEWAY)).hasSizeLessThan(2);
      }
      putting.get();
    }
  }

  @Test
  void aFileIsWrittenThoughAnOlderOneCannotMakeRoom() throws IOException {
    EvidenceFolder folder = folder(1 << 20, 100, 1);
    Path stays = root.resolve("team/gateway/" + name(1));
    Files.createDirectories(stays.resolve("full"));
    folder.put(OTHER, name(2), new byte[10]);
    folder.put(GATEWAY, name(3), new byte[10]);
    assertThat(folder.has(GATEWAY, name(3))).isTrue();
    assertThat(folder.totals().files()).isEqualTo(3);
    assertThat(stays).exists();
  }

  @Test
  void aFolderThatCannotBeWrittenGetsASentence() throws IOException {
    Path file = Files.createFile(root.resolve("file"));
    EvidenceFolder folder = new EvidenceFolder(file, EvidenceFolder.Limits.DEFAULT);
    assertThatThrownBy(() -> folder.put(GATEWAY, name(1), new byte[1]))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("The evidence " + file);
  }

  @Test
  void thePacketsOfAFileAreCountedOnceHoweverOftenItIsListed() throws IOException {
    byte[] three = pcapng(3);
    folder(1000, 100, 10).put(GATEWAY, name(1), three);
    EvidenceFolder again = folder(1000, 100, 10);
    assertThat(packets(again)).containsExactly(3);
    Files.write(root.resolve("team/gateway/" + name(1)), new byte[three.length]);
    assertThat(packets(again)).containsExactly(3);
  }

  @Test
  void eachFileHasACountOfItsOwnAlsoOneThatComesAgain() throws IOException {
    EvidenceFolder folder = folder(1000, 100, 10);
    folder.put(GATEWAY, name(1), pcapng(3));
    folder.put(GATEWAY, name(2), pcapng(1));
    assertThat(packets(folder)).containsExactly(1, 3);
    folder.put(GATEWAY, name(1), pcapng(2));
    assertThat(packets(folder)).containsExactly(1, 2);
  }

  private static List<Integer> packets(EvidenceFolder folder) throws IOException {
    return folder.list(GATEWAY).stream().map(StoredFile::packets).toList();
  }

  /** Blocks of packets, each without any octet of one. */
  private static byte[] pcapng(int packets) {
    ByteBuffer blocks = ByteBuffer.allocate(12 * packets).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < packets; i++) {
      blocks.putInt(6).putInt(12).putInt(12);
    }
    return blocks.array();
  }

  @Test
  void octetsThatAreNoFileHoldNoPackets() {
    assertThat(PacketCounts.count(new byte[0])).isZero();
    assertThat(PacketCounts.count(new byte[100])).isZero();
    byte[] endless = new byte[100];
    java.util.Arrays.fill(endless, (byte) 0xff);
    assertThat(PacketCounts.count(endless)).isZero();
  }
}
