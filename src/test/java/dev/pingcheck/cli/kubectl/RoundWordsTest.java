package dev.pingcheck.cli.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.cli.kubectl.RoundMemory.Slot;
import dev.pingcheck.cli.kubectl.RoundMemory.Times;
import dev.pingcheck.crd.ProbeSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoundWordsTest {
  private static final long MS = 1_000_000;

  private final Statuses gateway = new Statuses("gw");

  RoundWordsTest() {
    gateway.status.setPeriod("30s");
  }

  /** A slot that began so many seconds ago. */
  private static Slot slot(int ago, int sent, int lost) {
    return new Slot(Statuses.NOW.minusSeconds(ago), sent, lost, Optional.empty());
  }

  /** The same with replies that took so many milliseconds, but for the one that took longest. */
  private static Slot slot(int ago, int sent, int lost, long median, long max) {
    Times times = new Times(median * MS, median * MS, median * MS, median * MS, max * MS);
    return new Slot(Statuses.NOW.minusSeconds(ago), sent, lost, Optional.of(times));
  }

  private Section section(int width, Slot... slots) {
    RoundMemory memory = new RoundMemory(Duration.ofSeconds(width), List.of(slots));
    return RoundWords.of(gateway.check, new LastRounds(memory, List.of()), Statuses.NOW);
  }

  private List<String> lines(Slot... slots) {
    return section(5, slots).lines();
  }

  private Section silent(RoundMemory memory, String... why) {
    return RoundWords.of(gateway.check, new LastRounds(memory, List.of(why)), Statuses.NOW);
  }

  @Test
  void roundsAreToldNewestFirst() {
    Section rounds =
        section(5, slot(3700, 4, 4), slot(92, 4, 1, 2, 5), slot(62, 4, 0, 1, 3), slot(32, 0, 0));
    assertThat(rounds)
        .isEqualTo(
            new Section(
                "Last rounds, the newest first",
                List.of(
                    "   32s ago  no address, nothing sent",
                    "  1m2s ago  4 of 4 answered, loss   0 %, rtt 1ms median, 3ms max",
                    " 1m32s ago  3 of 4 answered, loss  25 %, rtt 2ms median, 5ms max; bad: loss",
                    "  1h1m ago  0 of 4 answered, loss 100 %, no reply; bad: loss")));
  }

  @Test
  void noMoreThanTenAreTold() {
    Slot[] slots =
        IntStream.range(0, 12).mapToObj(i -> slot(360 - 30 * i, 4, 0, 1, 1)).toArray(Slot[]::new);
    assertThat(lines(slots)).hasSize(10).first().asString().startsWith("   30s ago");
  }

  @Test
  void lossIsHeldAgainstTheThresholdInForce() {
    gateway.thresholds.setLossPercent(50);
    gateway.thresholds.setRecoveryLossPercent(25);
    assertThat(lines(slot(30, 4, 1, 1, 1)).getFirst()).doesNotContain("bad");
    assertThat(lines(slot(30, 4, 2, 1, 1)).getFirst()).endsWith("; bad: loss");

    gateway.openOutage("LossThresholdExceeded");
    assertThat(lines(slot(30, 4, 1, 1, 1)).getFirst()).endsWith("; bad: loss");
    assertThat(lines(slot(30, 5, 1, 1, 1)).getFirst()).doesNotContain("bad");
  }

  @Test
  void timesAreHeldAgainstTheirThresholdOnAverage() {
    assertThat(lines(slot(30, 4, 0, 900, 900)).getFirst()).doesNotContain("bad");
    gateway.thresholds.setRtt("100ms");
    assertThat(lines(slot(30, 4, 0, 10, 370)).getFirst())
        .as("an average of 100 ms")
        .endsWith("rtt 10ms median, 370ms max");
    assertThat(lines(slot(30, 4, 0, 10, 371)).getFirst())
        .endsWith("rtt 10ms median, 371ms max; bad: rtt");
    assertThat(lines(slot(30, 4, 1, 200, 200)).getFirst()).endsWith("; bad: loss and rtt");
  }

  @Test
  void theAverageIsExactUpToFiveTimes() {
    assertThat(new Times(70, 70, 70, 70, 70).average(1)).isEqualTo(70);
    assertThat(new Times(10, 20, 30, 40, 50).average(2)).as("10, 50").isEqualTo(30);
    assertThat(new Times(10, 30, 50, 85, 120).average(3)).as("10, 50, 120").isEqualTo(60);
    assertThat(new Times(10, 33, 50, 95, 202).average(4)).as("10, 40, 60, 202").isEqualTo(78);
    assertThat(new Times(10, 20, 300, 400, 520).average(5)).isEqualTo(250);
  }

  @Test
  void linesThatHoldSeveralRoundsAreSaidTo() {
    Slot many = slot(95, 4000, 3, 1, 9);
    assertThat(section(30, many).title()).isEqualTo("Last rounds, the newest first");
    assertThat(section(90, many))
        .isEqualTo(
            new Section(
                "Last rounds, the newest first; each line is the rounds of 90 s together, in which a bad"
                    + " address, node or round may not show",
                List.of(" 1m35s ago  3997 of 4000 answered, loss   1 %, rtt 1ms median, 9ms max")));
  }

  @Test
  void roundsOfSeveralNodesAreToldTogether() {
    ProbeSource everywhere = new ProbeSource();
    everywhere.setNodeSelector(Map.of("kubernetes.io/os", "linux"));
    gateway.check.getSpec().setFrom(everywhere);
    assertThat(section(5, slot(30, 8, 0, 1, 1)).title())
        .contains("; each line is the rounds of 5 s together, in which a bad ");
  }

  @Test
  void roundsOfSeveralAddressesAreToldTogether() {
    Slot oneOfEightAddressesIsDead = slot(30, 8, 1, 1, 1);
    assertThat(section(5, oneOfEightAddressesIsDead).title()).doesNotContain("may not show");
    gateway.check.getSpec().setAddresses("All");
    assertThat(section(5, oneOfEightAddressesIsDead).title())
        .isEqualTo(
            "Last rounds, the newest first, in which a bad address, node or round may not show");
    gateway.check.getSpec().setAddresses(null);
    gateway.check.getSpec().setIpFamily("DualStack");
    assertThat(section(5, oneOfEightAddressesIsDead).title()).endsWith(" may not show");
  }

  @Test
  void repliesWithoutATimeAreNoSilence() {
    assertThat(lines(slot(30, 4, 0)).getFirst())
        .endsWith("4 of 4 answered, loss   0 %, no time known, as a clock was set");
  }

  @Test
  void whatCannotBeSeenIsOneSentence() {
    assertThat(silent(RoundMemory.NONE, "eve may not list pods", "another"))
        .isEqualTo(
            new Section("Last rounds", List.of("You cannot see them: eve may not list pods.")));
    assertThat(silent(RoundMemory.NONE).lines())
        .containsExactly(
            "No round has ended since the operator that remembers them began to lead.");
  }

  @Test
  void aSilentPodThatMayKnowNewerOnesIsSaid() {
    RoundMemory old = new RoundMemory(Duration.ofSeconds(5), List.of(slot(600, 1, 0, 1, 1)));
    assertThat(silent(old, "the pod op-2 hangs").lines())
        .containsExactly(
            " 10m0s ago  1 of 1 answered, loss   0 %, rtt 1ms median, 1ms max",
            "A pod that may know newer ones is silent: the pod op-2 hangs.");
  }
}
