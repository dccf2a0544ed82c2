package dev.pingcheck.engine.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.engine.TestPackets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ten million inputs for the decoder, which Jazzer makes from real packets and from what it sees of
 * the paths that they take. The seed is always the same, yet Jazzer does not go the same way twice;
 * what it finds it prints. The system property {@code pingcheck.fuzz.seed} takes another seed.
 */
class DecoderFuzzIT {
  private static final int SEED = 1_148_486_194;
  private static final int INPUTS = 10_000_000;

  @TempDir private Path folder;

  @Test
  void tenMillionInputsNeitherThrowNorReadOutOfBoundsNorDisagreeWithPcap4j() throws Exception {
    int seed = Integer.getInteger("pingcheck.fuzz.seed", SEED);
    System.out.println("fuzz: -Dpingcheck.fuzz.seed=" + seed);
    Path corpus = Files.createDirectory(folder.resolve("corpus"));
    writeSeeds(corpus);
    Process jazzer = new ProcessBuilder(command(seed, corpus)).redirectErrorStream(true).start();
    List<String> lines;
    try {
      lines = jazzer.inputReader().lines().toList();
    } finally {
      jazzer.destroyForcibly();
    }
    String said = "seed " + seed + ":\n" + String.join("\n", withoutProgress(lines));
    assertThat(jazzer.waitFor()).as(said).isZero();
    Map<String, Long> figures = figures(lines);
    System.out.println("fuzz: " + figures);
    assertThat(figures.get("inputs")).as(said).isGreaterThanOrEqualTo(INPUTS);
    for (String figure :
        List.of("REPLY", "ERROR", "REDIRECT", "TRUNCATED", "CORRUPT", "quotes", "compared")) {
      assertThat(figures.get(figure)).as(figure).isGreaterThan(1_000);
    }
  }

  private List<String> command(int seed, Path corpus) {
    return List.of(
        ProcessHandle.current().info().command().orElseThrow(),
        "--enable-native-access=ALL-UNNAMED",
        "-XX:+EnableDynamicAgentLoading",
        "-Xmx256m",
        "-cp",
        System.getProperty("java.class.path"),
        "com.code_intelligence.jazzer.Jazzer",
        "--target_class=" + DecoderFuzz.class.getName(),
        "--instrumentation_includes=dev.pingcheck.engine.wire.*",
        "--custom_hook_includes=dev.pingcheck.engine.wire.*",
        "--disabled_hooks=*",
        "--reproducer_path=" + folder,
        "-artifact_prefix=" + folder + "/",
        "-runs=" + INPUTS,
        "-seed=" + seed,
        "-max_len=300",
        "-print_final_stats=0",
        corpus.toString());
  }

  /** Each kind of packet behind the octet that chooses its door; its checksum is kept right. */
  private static void writeSeeds(Path corpus) throws IOException {
    byte[] v4 = TestPackets.request(IcmpVersion.ICMPV4, 0xbeef, 0x8001, 9, 99, 56);
    byte[] v6 = TestPackets.request(IcmpVersion.ICMPV6, 0xbeef, 0x8001, 9, 99, 56);
    byte[] quote = TestPackets.ipv4To(v4, 0xc0000201);
    byte[] quote6 = TestPackets.ipv6To(v6, 1, 2, false);
    byte[] fragment6 = TestPackets.ipv6To(v6, 1, 2, true);
    byte[] unreachable = TestPackets.error(3, 4, 1400, quote);
    byte[] brief = TestPackets.error(11, 0, 0, Arrays.copyOf(quote, 28));
    byte[] redirect = TestPackets.error(5, 1, 7, quote);
    seed(corpus, 8, TestPackets.ipv4(TestPackets.reply(v4), 64));
    seed(corpus, 8, TestPackets.ipv4(unreachable, 64));
    seed(corpus, 8, TestPackets.ipv4(brief, 64));
    seed(corpus, 8, TestPackets.ipv4(redirect, 64));
    for (byte[] message : List.of(TestPackets.reply(v4), unreachable, brief, redirect)) {
      seed(corpus, 8 + 1, message);
    }
    seed(corpus, 2, TestPackets.reply(v6));
    seed(corpus, 2, TestPackets.error(2, 0, 1280, quote6));
    seed(corpus, 2, TestPackets.error(1, 3, 0, fragment6));
    seed(corpus, 2, TestPackets.redirectIpv6(1, 2, quote6));
    seed(corpus, 3, v4);
    seed(corpus, 3 + 16, v6);
  }

  private static void seed(Path corpus, int door, byte[] packet) throws IOException {
    try (Stream<Path> files = Files.list(corpus)) {
      Path file = corpus.resolve("seed-" + files.count());
      Files.write(
          file, ByteBuffer.allocate(1 + packet.length).put((byte) door).put(packet).array());
    }
  }

  /** What Jazzer says of a finding would be lost among a thousand lines on new coverage. */
  private static List<String> withoutProgress(List<String> lines) {
    return lines.stream().filter(line -> !line.matches("#\\d+\\s.*|INFO: .*|WARNING: .*")).toList();
  }

  private static Map<String, Long> figures(List<String> lines) {
    Map<String, Long> figures = new HashMap<>();
    for (String line : lines) {
      if (line.matches("[A-Za-z]+=[0-9]+")) {
        int at = line.indexOf('=');
        figures.put(line.substring(0, at), Long.parseLong(line.substring(at + 1)));
      }
    }
    return figures;
  }
}
