package dev.pingcheck.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lab itself, seen by another ping. */
class LabIT {
  private static final int PCAP_HEADER = 24;

  private static final Pattern SUMMARY =
      Pattern.compile("([0-9]+) packets transmitted, ([0-9]+) received");
  private static Lab lab;

  @BeforeAll
  static void open() {
    lab = Lab.builder().hosts("a", "b").name("a.lab.test", "a").open();
  }

  @AfterAll
  static void close() {
    lab.close();
  }

  /** How many of twenty echo requests were answered. */
  private static int answered(String address) {
    List<String> command =
        lab.atProber("ping", "-n", "-c", "20", "-i", "0.01", "-W", "0.3", address);
    Matcher summary = SUMMARY.matcher(Shell.run(command).output());
    assertThat(summary.find()).isTrue();
    assertThat(summary.group(1)).isEqualTo("20");
    return Integer.parseInt(summary.group(2));
  }

  @Test
  void aHealthyHostAnswersAll() {
    lab.host("a").heal();
    assertThat(answered(lab.host("a").address4())).isEqualTo(20);
    assertThat(answered(lab.host("a").address6())).isEqualTo(20);
  }

  @Test
  void dropOneInFourLosesExactlyAQuarter() {
    lab.host("a").dropOneIn(4);
    assertThat(answered(lab.host("a").address4())).isEqualTo(15);
    assertThat(answered(lab.host("a").address6())).isEqualTo(15);
    assertThat(answered(lab.host("b").address4())).isEqualTo(20);
  }

  @Test
  void dropAllLosesAllAndHealBringsAllBack() {
    lab.host("b").dropAll();
    assertThat(answered(lab.host("b").address4())).isZero();
    assertThat(answered(lab.host("b").address6())).isZero();
    lab.host("b").heal();
    assertThat(answered(lab.host("b").address4())).isEqualTo(20);
  }

  @Test
  void rejectWithAnswersByAnError() {
    lab.host("b").rejectWith("admin-prohibited");
    String four =
        Shell.run(lab.atProber("ping", "-n", "-c", "1", "-W", "1", lab.host("b").address4()))
            .output();
    String six =
        Shell.run(lab.atProber("ping", "-n", "-c", "1", "-W", "1", lab.host("b").address6()))
            .output();
    lab.host("b").heal();
    assertThat(four).contains("Packet filtered");
    assertThat(six).contains("Administratively prohibited");
  }

  @Test
  void theProberKnowsTheLabsNamesAndNoOthers() {
    lab.host("a").heal();
    assertThat(answered("a.lab.test")).isEqualTo(20);
    assertThat(lab.prober().exitCodeOf("ping", "-c", "1", "other.lab.test")).isEqualTo(2);
  }

  @Test
  void aCaptureHoldsEveryPacket(@TempDir Path folder) {
    lab.host("a").heal();
    Path file = folder.resolve("packets.pcap");
    try (Capture capture = lab.capture(file, "icmp")) {
      assertThat(answered(lab.host("a").address4())).isEqualTo(20);
      // tcpdump leaves what it has not read yet when it is told to end.
      Awaitility.await().until(() -> Files.size(file) >= PCAP_HEADER + 40 * (16 + 98));
    }
    String packets = Shell.must("tcpdump", "-n", "-r", file.toString());
    assertThat(packets.lines().filter(line -> line.contains("ICMP echo re"))).hasSize(40);
  }

  @Test
  void closingLeavesNothingAlsoAfterAFailedStart() {
    Lab small = Lab.builder().hosts("x").name("x.lab.test", "x").open();
    List<String> namespaces =
        List.of(small.prober().namespace(), small.host("x").namespace(), small.dns().namespace());
    Process sleeping = small.start("sleep", "600");
    small.close();
    assertThat(sleeping.isAlive()).isFalse();
    String left = Shell.must("ip", "netns", "list");
    for (String namespace : namespaces) {
      assertThat(left).doesNotContain(namespace);
      assertThat(Path.of("/etc/netns", namespace)).doesNotExist();
    }
    String before = labs();
    assertThatThrownBy(() -> Lab.builder().hosts("x").name("y.lab.test", "nobody").open())
        .hasMessageContaining("the lab has no host nobody but [x]");
    assertThat(labs()).isEqualTo(before);
  }

  private static String labs() {
    return Shell.must("ip", "netns", "list")
        .lines()
        .map(line -> line.split(" ")[0])
        .filter(name -> name.startsWith("pclab-" + ProcessHandle.current().pid() + "-"))
        .sorted()
        .toList()
        .toString();
  }
}
