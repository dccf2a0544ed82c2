package dev.pingcheck.verdict;

import static dev.pingcheck.verdict.ConditionType.HEALTHY;
import static dev.pingcheck.verdict.ConditionType.ON_SCHEDULE;
import static dev.pingcheck.verdict.ConditionType.REACHABLE;
import static dev.pingcheck.verdict.ConditionType.RESOLVED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.crd.EffectiveThresholds;
import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.crd.SourceStatus;
import dev.pingcheck.stats.Resolution;
import dev.pingcheck.stats.RoundReport;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A check that is pinged from several nodes. */
class SourcesTest {
  private static final long MS = 1_000_000;

  private final Observed check = new Observed();
  private int rounds;

  /** A round from a node, which gets so many of four replies. */
  private Observed sees(String node, int received) {
    rounds++;
    return sees(node, Rounds.of(rounds, received));
  }

  private Observed sees(String node, RoundReport report) {
    return check.seesFrom(node, Rounds.by("probe" + node, report));
  }

  private Observed seesGood(String... nodes) {
    for (String node : nodes) {
      sees(node, 4);
    }
    return check;
  }

  private List<String> nodes() {
    return check.status.getSources().stream().map(SourceStatus::getNode).toList();
  }

  private SourceStatus source(String node) {
    return new Sources(check.status).of(node).orElseThrow();
  }

  @Test
  void aCheckIsUnhealthyWhileOneNodeFindsItSoAndTheEventIsSaidOnce() {
    seesGood("a", "b", "c");
    assertThat(check.condition(HEALTHY)).isEqualTo("True/WithinThresholds");
    sees("b", 0);
    assertThat(check.events()).containsExactly("LossThresholdExceeded");
    assertThat(check.note())
        .isEqualTo(
            "From b: 4 of 4 echo requests to 192.0.2.1 were lost (100 %); the threshold is 20 %."
                + " Bad from 1 of 3 nodes.");
    assertThat(check.condition(HEALTHY)).isEqualTo("False/LossThresholdExceeded");
    assertThat(check.message(HEALTHY))
        .isEqualTo(
            "Bad from 1 of 3 nodes: from b 0 of 4 echo requests to 192.0.2.1 were answered.");
    assertThat(check.condition(REACHABLE)).isEqualTo("False/Timeout");
    sees("c", 0);
    sees("a", 4);
    sees("b", 4);
    assertThat(check.events()).isEmpty();
    assertThat(check.condition(HEALTHY)).isEqualTo("False/LossThresholdExceeded");
    sees("c", 4);
    assertThat(check.events()).containsExactly("LossRecovered");
    assertThat(check.note())
        .isEqualTo(
            "From c: 4 of 4 echo requests to 192.0.2.1 were answered, in 1ms. Bad from 0 of 3"
                + " nodes.");
    assertThat(check.condition(HEALTHY)).isEqualTo("True/WithinThresholds");
    assertThat(check.status.getOutages()).hasSize(1);
    assertThat(check.status.getOutages().getFirst().getStart()).isEqualTo(Rounds.start(4));
    assertThat(check.status.getOutages().getFirst().getEnd()).isEqualTo(Rounds.start(8));
  }

  @Test
  void theWorstNodeStandsFirstAndItsFiguresOnTop() {
    seesGood("a", "b", "c");
    sees("b", 2);
    sees("c", 1);
    assertThat(nodes()).containsExactly("c", "b", "a");
    assertThat(check.status.getLastRound().getLossPercent()).isEqualTo(75);
    sees("a", 4);
    assertThat(check.status.getLastRound().getLossPercent()).isEqualTo(75);
    assertThat(check.status.getLastRound().getId()).isEqualTo("probec-5");
    sees("c", 4);
    assertThat(nodes()).containsExactly("b", "a", "c");
    assertThat(check.status.getLastRound().getLossPercent()).isEqualTo(50);
    assertThat(check.status.getLastRound().getReceived()).isEqualTo(2);
    assertThat(check.status.getLastRound().getRtt().getAvg()).isEqualTo("1ms");
    assertThat(check.status.getLastRound().getStartTime()).isEqualTo(Rounds.start(4));
    assertThat(check.status.getConsecutiveFailures()).isEqualTo(1);
    assertThat(source("b").getReason()).isEqualTo("LossThresholdExceeded");
    assertThat(source("b").getHealthy()).isFalse();
    assertThat(source("a").getHealthy()).isTrue();
  }

  @Test
  void eachNodeHasItsOwnRoundsInARow() {
    check.thresholds = new EffectiveThresholds(20, 20, Optional.empty(), 2, 2);
    seesGood("a", "b");
    sees("a", 0);
    sees("b", 0);
    assertThat(check.events()).isEmpty();
    assertThat(check.condition(HEALTHY)).isEqualTo("True/WithinThresholds");
    sees("b", 4);
    sees("a", 0);
    assertThat(check.events()).containsExactly("LossThresholdExceeded");
    sees("a", 4);
    sees("b", 4);
    assertThat(check.events()).isEmpty();
    sees("a", 4);
    assertThat(check.events()).containsExactly("LossRecovered");
  }

  @Test
  void theLevelOfRecoveryHoldsForTheNodeThatIsBadAlone() {
    check.thresholds = new EffectiveThresholds(60, 20, Optional.empty(), 1, 1);
    seesGood("a", "b");
    sees("a", 1);
    sees("b", 3);
    assertThat(source("b").getHealthy()).isTrue();
    sees("a", 3);
    assertThat(source("a").getHealthy()).isFalse();
    assertThat(check.condition(HEALTHY)).isEqualTo("False/LossThresholdExceeded");
  }

  @Test
  void aSilentNodeAmongGoodOnesIsToldAndLeavesTheCheckHealthy() {
    seesGood("a", "b", "c");
    check.loses(Set.of("b"), Set.of());
    assertThat(check.events()).containsExactly("ProbeSilent");
    assertThat(check.note())
        .isEqualTo("The probes of 1 of 3 nodes do not report: b since " + Rounds.start(2) + ".");
    assertThat(check.condition(HEALTHY)).isEqualTo("True/SomeProbesSilent");
    assertThat(check.message(HEALTHY)).endsWith("do not report: b since " + Rounds.start(2) + ".");
    assertThat(nodes()).startsWith("b");
    assertThat(source("b").getReason()).isEqualTo("ProbeSilent");
    assertThat(check.status.getLastRound().getId()).isNotEqualTo("probeb-2");
    check.loses(Set.of("b", "c"), Set.of());
    check.loses(Set.of("b", "c"), Set.of());
    assertThat(check.events()).as("known already").isEmpty();
    check.loses(Set.of("a"), Set.of());
    assertThat(check.events()).as("the last one").containsExactly("ProbeSilent");
    assertThat(check.condition(HEALTHY)).isEqualTo("Unknown/ProbeSilent");
    assertThat(check.condition(REACHABLE)).isEqualTo("Unknown/ProbeSilent");
    assertThat(check.condition(ON_SCHEDULE)).isEqualTo("Unknown/ProbeSilent");
    sees("a", 4);
    assertThat(check.condition(HEALTHY)).isEqualTo("True/SomeProbesSilent");
    assertThat(check.condition(REACHABLE)).isEqualTo("True/ReplyReceived");
    seesGood("b", "c");
    assertThat(check.condition(HEALTHY)).isEqualTo("True/WithinThresholds");
    assertThat(check.events()).isEmpty();
  }

  @Test
  void aBadNodeThatFallsSilentMakesTheCheckNeitherHealthyNorDead() {
    seesGood("a", "b");
    sees("b", 0);
    check.events();
    check.loses(Set.of("b"), Set.of());
    assertThat(check.condition(HEALTHY)).isEqualTo("Unknown/ProbeSilent");
    assertThat(check.message(HEALTHY))
        .startsWith("Something was wrong when it was last heard of. The probes of 1 of 2 nodes");
    assertThat(check.events()).containsExactly("ProbeSilent");
    sees("a", 4);
    assertThat(check.condition(HEALTHY)).isEqualTo("Unknown/ProbeSilent");
    check.loses(Set.of(), Set.of("b"));
    assertThat(check.condition(HEALTHY)).isEqualTo("False/LossThresholdExceeded");
    assertThat(check.events()).isEmpty();
    sees("a", 4);
    assertThat(check.events()).containsExactly("LossRecovered");
    assertThat(check.condition(HEALTHY)).isEqualTo("True/WithinThresholds");
    assertThat(nodes()).containsExactly("a");
    assertThat(check.status.getSourceCount()).isEqualTo(1);
  }

  @Test
  void aProbeThatNeverReportsIsToldAsSilent() {
    seesGood("a");
    check.loses(Set.of("b"), Set.of());
    assertThat(check.note()).isEqualTo("The probes of 1 of 2 nodes do not report: b never.");
    assertThat(nodes()).containsExactly("b", "a");
  }

  @Test
  void whereTheNameHasNoAddressOnOneNodeTheCheckSaysWhere() {
    seesGood("a", "b");
    rounds++;
    sees("b", Rounds.unresolved(rounds));
    assertThat(check.events()).containsExactly("ResolutionFailed");
    assertThat(check.condition(RESOLVED)).isEqualTo("False/ResolutionFailed");
    assertThat(check.message(RESOLVED))
        .isEqualTo("On 1 of 2 nodes (b) the hostname has no address.");
    assertThat(check.condition(REACHABLE)).isEqualTo("False/Unresolved");
    sees("a", 4);
    assertThat(check.condition(RESOLVED)).isEqualTo("False/ResolutionFailed");
    sees("b", 4);
    assertThat(check.events()).containsExactly("ResolutionRestored");
    assertThat(check.condition(RESOLVED)).isEqualTo("True/Resolved");
  }

  @Test
  void otherAddressesOnOtherNodesAreNoEvent() {
    rounds++;
    sees("a", Rounds.of(rounds, Rounds.address("192.0.2.1", 4, MS)));
    rounds++;
    sees("b", Rounds.of(rounds, Rounds.address("192.0.2.2", 4, 2 * MS)));
    rounds++;
    sees("a", Rounds.of(rounds, Rounds.address("192.0.2.3", 4, MS)));
    assertThat(check.events()).isEmpty();
    assertThat(source("a").getAddress()).isEqualTo("192.0.2.3");
    assertThat(nodes()).containsExactly("b", "a");
  }

  @Test
  void aForbiddenAddressOnOneNodeIsSaidOnceAndItsEndToo() {
    seesGood("a", "b");
    for (int time = 0; time < 2; time++) {
      rounds++;
      sees("b", Rounds.report(rounds, Resolution.forbidden("192.0.2.1 is denied."), List.of()));
      sees("a", 4);
    }
    assertThat(check.events()).containsExactly("TargetForbidden");
    assertThat(check.note()).isEqualTo("From b: 192.0.2.1 is denied.");
    assertThat(check.condition(RESOLVED)).isEqualTo("False/TargetForbidden");
    assertThat(check.condition(HEALTHY)).isEqualTo("Unknown/TargetForbidden");
    sees("b", 4);
    assertThat(check.events()).containsExactly("ResolutionRestored");
    assertThat(check.condition(HEALTHY)).isEqualTo("True/WithinThresholds");
  }

  @Test
  void aHundredNodesAreAllJudgedAndTheSixteenWorstAreStored() {
    check.thresholds = new EffectiveThresholds(20, 20, Optional.empty(), 2, 1);
    for (int turn = 0; turn < 2; turn++) {
      IntStream.range(0, 100).forEach(node -> sees("node-%02d".formatted(node), node < 90 ? 4 : 0));
    }
    assertThat(check.status.getSources()).hasSize(100);
    PingCheckStatus stored = Judge.stored(check.status);
    assertThat(stored.getSources()).hasSize(16);
    assertThat(stored.getSourceCount()).isEqualTo(100);
    assertThat(stored.getSources().stream().map(SourceStatus::getNode).limit(10))
        .containsExactlyElementsOf(
            IntStream.range(90, 100).mapToObj("node-%02d"::formatted).toList());
    assertThat(check.message(HEALTHY)).startsWith("Bad from 10 of 100 nodes: from node-90 0 of 4");
    assertThat(check.message(HEALTHY)).endsWith(" and 7 more.");
    assertThat(Serialization.asJson(stored).length()).isLessThan(10_000);
  }

  @Test
  void aRoundThatIsToldTwiceCountsOnceForItsNodeAndOthersGoOn() {
    seesGood("a", "b");
    String before = Serialization.asJson(check.status);
    sees("a", Rounds.of(1, 0));
    assertThat(Serialization.asJson(check.status)).isEqualTo(before);
    sees("b", Rounds.of(2, 0));
    assertThat(Serialization.asJson(check.status)).isEqualTo(before);
    sees("b", Rounds.of(3, 0));
    assertThat(check.condition(HEALTHY)).isEqualTo("False/LossThresholdExceeded");
  }

  @Test
  void whoLosesEveryNodeIsToldThatNobodyIsThere() {
    seesGood("a");
    check.loses(Set.of(), Set.of("a"));
    assertThat(nodes()).isEmpty();
    Verdict verdict =
        Judge.noProbe(check.status, 1, "No node bears the labels zone=a.", Rounds.end(9));
    assertThat(verdict.status().getUnconfirmedEvents()).hasSize(1);
    Verdict again = Judge.noProbe(Judge.confirmed(verdict.status()), 1, "No node.", Rounds.end(10));
    assertThat(again.status().getUnconfirmedEvents()).isEmpty();
    assertThat(again.status().getConditions())
        .filteredOn(c -> !c.getType().equals("Accepted"))
        .allSatisfy(
            c -> assertThat(c.getStatus() + "/" + c.getReason()).isEqualTo("Unknown/NoProbe"));
  }
}
