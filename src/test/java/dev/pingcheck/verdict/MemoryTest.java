package dev.pingcheck.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.pingcheck.crd.EffectiveThresholds;
import dev.pingcheck.crd.Outage;
import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.crd.SourceStatus;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a check remembers, over which change, and what it reads of an earlier version. */
class MemoryTest {
  private static final String OTHER = "gw2.example.com, ANY, FIRST";

  private Observed check = new Observed();

  @Test
  void anotherTargetStartsAnewAndSaysNothing() {
    check.sees(Rounds.of(1, 4)).sees(Rounds.of(2, 0)).events();
    check.accepts(OTHER);
    assertThat(check.events()).isEmpty();
    assertThat(check.urgent).isTrue();
    assertThat(check.condition(ConditionType.ACCEPTED)).isEqualTo("True/Accepted");
    assertThat(check.condition(ConditionType.HEALTHY)).isEqualTo("Unknown/Pending");
    assertThat(check.status.getOutages()).isEmpty();
    assertThat(check.status.getLastRound()).isNull();
    assertThat(check.status.getAddress()).isNull();
    check.sees(Rounds.of(3, Rounds.address("192.0.2.9", 0, 1)));
    assertThat(check.events()).containsExactly("LossThresholdExceeded");
    assertThat(check.status.getOutages()).hasSize(1);
  }

  @Test
  void anotherTargetKeepsWhatIsStillToBeSaid() {
    PingCheckStatus down =
        Judge.round(
                Judge.accepted(new PingCheckStatus(), 1, Rounds.TARGET, Rounds.PERIOD, Rounds.START)
                    .status(),
                1,
                check.thresholds,
                Rounds.of(1, 0))
            .status();
    PingCheckStatus next = Judge.accepted(down, 2, OTHER, Rounds.PERIOD, Rounds.end(2)).status();
    assertThat(next.getUnconfirmedEvents()).isEqualTo(down.getUnconfirmedEvents()).hasSize(1);
  }

  @Test
  void anotherTargetIsNotSilentForTheOldOne() {
    check.sees(Rounds.of(1, 4)).hearsNothing(Rounds.end(5)).accepts(OTHER).events();
    check.hearsNothing(Rounds.end(9));
    assertThat(check.events()).containsExactly("ProbeSilent");
  }

  @Test
  void otherThresholdsKeepTheAlarmAndCountRoundsAnew() {
    check.thresholds = new EffectiveThresholds(20, 20, Optional.empty(), 2, 2);
    check.sees(Rounds.of(1, 4)).sees(Rounds.of(2, 0));
    check.accepts(Rounds.TARGET);
    assertThat(check.status.getConsecutiveFailures()).isZero();
    check.sees(Rounds.of(3, 0));
    assertThat(check.events()).isEmpty();
    check.sees(Rounds.of(4, 0));
    assertThat(check.events()).containsExactly("LossThresholdExceeded");
    check.accepts(Rounds.TARGET);
    assertThat(check.condition(ConditionType.HEALTHY)).isEqualTo("False/LossThresholdExceeded");
    check.sees(Rounds.of(5, 4)).sees(Rounds.of(6, 4));
    assertThat(check.events()).containsExactly("LossRecovered");
  }

  @Test
  void anOutageGoesFromTheFirstBadRoundToTheFirstGoodOne() {
    check.thresholds = new EffectiveThresholds(20, 20, Optional.empty(), 3, 2);
    check.sees(Rounds.of(1, 4));
    check.sees(Rounds.of(2, 0)).sees(Rounds.of(3, 0)).sees(Rounds.of(4, 0));
    check.sees(Rounds.of(5, 4)).sees(Rounds.of(6, 0)).sees(Rounds.of(7, 4)).sees(Rounds.of(8, 4));
    assertThat(check.status.getOutages())
        .extracting(Outage::getStart, Outage::getEnd)
        .containsExactly(tuple(Rounds.start(2), Rounds.start(7)));
  }

  @Test
  void aProblemThatJoinsAnotherStartsWithItsOwnRound() {
    check.thresholds = new EffectiveThresholds(20, 20, Optional.of(Duration.ofMillis(5)), 2, 1);
    check.sees(Rounds.of(1, 0)).sees(Rounds.of(2, 0)).sees(Rounds.of(3, 0));
    check.sees(Rounds.of(4, Rounds.address("192.0.2.1", 4, 9_000_000)));
    assertThat(check.status.getOutages())
        .extracting(Outage::getReason, Outage::getStart)
        .containsExactly(
            tuple("RttThresholdExceeded", Rounds.start(4)),
            tuple("LossThresholdExceeded", Rounds.start(1)));
  }

  @Test
  void aFailedResolutionIsRememberedAcrossASuspension() {
    check.sees(Rounds.unresolved(1));
    assertThat(check.events()).containsExactly("ResolutionFailed");
    check.suspends().accepts(Rounds.TARGET).sees(Rounds.unresolved(2));
    assertThat(check.events()).isEmpty();
    check.suspends().accepts(Rounds.TARGET).sees(Rounds.of(3, 4));
    assertThat(check.events()).containsExactly("ResolutionRestored");
  }

  @Test
  void aFailedResolutionCountsItsRoundsLikeAnyProblem() {
    check.thresholds = new EffectiveThresholds(20, 20, Optional.empty(), 2, 2);
    check.sees(Rounds.of(1, 4)).sees(Rounds.unresolved(2));
    assertThat(check.condition(ConditionType.RESOLVED)).isEqualTo("False/ResolutionFailed");
    assertThat(check.events()).isEmpty();
    check.sees(Rounds.unresolved(3));
    assertThat(check.events()).containsExactly("ResolutionFailed");
    check.sees(Rounds.of(4, 4));
    assertThat(check.condition(ConditionType.HEALTHY)).isEqualTo("False/ResolutionFailed");
    check.sees(Rounds.of(5, 4));
    assertThat(check.events()).containsExactly("ResolutionRestored");
  }

  @Test
  void silenceNeitherClosesNorOpensAnything() {
    check.thresholds = new EffectiveThresholds(20, 20, Optional.empty(), 2, 2);
    check.sees(Rounds.of(1, 0)).sees(Rounds.of(2, 0)).sees(Rounds.of(3, 4)).events();
    check.hearsNothing(Rounds.end(6));
    assertThat(check.events()).containsExactly("ProbeSilent");
    assertThat(check.status.getOutages()).extracting(Outage::getEnd).containsOnlyNulls();
    assertThat(check.status.getConsecutiveSuccesses()).isEqualTo(1);
    check.sees(Rounds.of(7, 0));
    assertThat(check.condition(ConditionType.HEALTHY)).isEqualTo("False/LossThresholdExceeded");
    assertThat(check.events()).isEmpty();
  }

  private static final String EARLIER =
      """
      observedGeneration: 1
      period: 10s
      conditions:
      - {type: Accepted, status: "True", reason: Accepted, message: '', observedGeneration: 1,
         lastTransitionTime: "2026-01-01T00:00:00Z"}
      - {type: Resolved, status: "%s", reason: %s, message: '', observedGeneration: 1,
         lastTransitionTime: "2026-01-01T00:00:10Z"}
      - {type: Healthy, status: "True", reason: WithinThresholds, message: '',
         observedGeneration: 1, lastTransitionTime: "2026-01-01T00:00:10Z"}
      %s
      lastRound: {id: 0123abcd-2, startTime: "2026-01-01T00:00:15Z", sent: 4, received: 4}
      consecutiveFailures: %d
      outages:
      - {start: "2025-12-31T00:00:00Z", end: "2025-12-31T01:00:00Z", reason: RttThresholdExceeded}
      """;

  private void starts(String earlier) {
    check = new Observed(Serialization.unmarshal(earlier, PingCheckStatus.class), Rounds.PERIOD);
    check.thresholds = new EffectiveThresholds(20, 20, Optional.empty(), 3, 1);
    assertThat(check.events()).isEmpty();
  }

  @Test
  void aStatusOfAnEarlierVersionIsReadWithoutLossOrFalseEvent() {
    starts(EARLIER.formatted("True", "Resolved", "address: 192.0.2.1", 2));
    assertThat(check.condition(ConditionType.HEALTHY)).isEqualTo("True/WithinThresholds");
    check.sees(Rounds.of(3, 0));
    assertThat(check.events()).containsExactly("LossThresholdExceeded");
    // When the first two of the three bad rounds were, that version did not write down.
    assertThat(check.status.getOutages())
        .extracting(Outage::getReason, Outage::getStart)
        .startsWith(tuple("LossThresholdExceeded", Rounds.start(3)));
    check.sees(Rounds.of(4, 4));
    assertThat(check.events()).containsExactly("LossRecovered");
  }

  @Test
  void theAddressThatAnEarlierVersionPingedIsTheFirstOne() {
    starts(EARLIER.formatted("True", "Resolved", "address: 192.0.2.1", 0));
    check.sees(Rounds.of(3, Rounds.address("192.0.2.2", 4, 1)));
    assertThat(check.events()).containsExactly("AddressChanged");
    String several = "address: 192.0.2.2\naddresses: [{address: 192.0.2.2}, {address: 192.0.2.1}]";
    starts(EARLIER.formatted("True", "Resolved", several, 0));
    check.sees(Rounds.of(3, Rounds.address("192.0.2.1", 4, 1), Rounds.address("192.0.2.2", 4, 1)));
    assertThat(check.events()).isEmpty();
  }

  @Test
  void whatAnEarlierVersionMayHaveCutIsNoChange() {
    StringBuilder sixteen = new StringBuilder("address: 192.0.2.1\naddresses:\n");
    for (int i = 1; i <= 16; i++) {
      sixteen.append("- {address: 192.0.2.").append(i).append("}\n");
    }
    starts(EARLIER.formatted("True", "Resolved", sixteen, 0));
    check.sees(Rounds.of(3, Rounds.address("192.0.2.77", 4, 1)));
    assertThat(check.events()).isEmpty();
  }

  @Test
  void aResolutionThatFailedUnderAnEarlierVersionIsNotSaidAgainAndItsEndIs() {
    String stored = EARLIER.formatted("False", "ResolutionFailed", "", 1);
    starts(stored);
    check.sees(Rounds.unresolved(3)).sees(Rounds.unresolved(4)).sees(Rounds.unresolved(5));
    assertThat(check.events()).isEmpty();
    check.sees(Rounds.of(6, 4));
    assertThat(check.events()).containsExactly("ResolutionRestored");
    starts(stored);
    check.sees(Rounds.of(3, 4));
    assertThat(check.events()).containsExactly("ResolutionRestored");
  }

  @Test
  void aStatusThatSaysNothingIsRead() {
    starts("{}");
    check.sees(Rounds.of(3, 4));
    assertThat(check.events()).isEmpty();
  }

  /** Whoever adds a field to the status and forgets the copy loses it with every verdict. */
  @Test
  void everyFieldOfTheStatusOutlivesAVerdict() {
    PingCheckStatus whole = Serialization.unmarshal(WHOLE, PingCheckStatus.class);
    Map<?, ?> before = Serialization.unmarshal(Serialization.asJson(whole), Map.class);
    assertThat(before).hasSize(PingCheckStatus.class.getDeclaredFields().length);
    whole.setUnconfirmedEvents(null);
    PingCheckStatus after = Judge.confirmed(Serialization.unmarshal(WHOLE, PingCheckStatus.class));
    assertThat(Serialization.asJson(after)).isEqualTo(Serialization.asJson(whole));
  }

  /** The same for the memory of a node, which a new spec copies. */
  @Test
  void everyFieldOfASourceOutlivesANewSpecButItsRoundsInARow() {
    SourceStatus whole = Serialization.unmarshal(WHOLE_SOURCE, SourceStatus.class);
    Map<?, ?> fields = Serialization.unmarshal(Serialization.asJson(whole), Map.class);
    assertThat(fields).hasSize(SourceStatus.class.getDeclaredFields().length);
    PingCheckStatus before = new PingCheckStatus();
    before.setSources(List.of(whole));
    Verdict verdict = Judge.accepted(before, 2, Rounds.TARGET, Rounds.PERIOD, Rounds.START);
    SourceStatus after = verdict.status().getSources().getFirst();
    assertThat(after.getConsecutiveFailures()).isZero();
    assertThat(whole.getConsecutiveFailures()).isEqualTo(3);
    after.setConsecutiveFailures(3);
    after.setStreakStart(whole.getStreakStart());
    assertThat(Serialization.asJson(after)).isEqualTo(Serialization.asJson(whole));
  }

  private static final String WHOLE_SOURCE =
      """
      node: worker-1
      address: 192.0.2.1
      sent: 4
      received: 2
      lossPercent: 50
      rtt: 1ms
      healthy: false
      reason: LossThresholdExceeded
      problems: [LossThresholdExceeded, RttThresholdExceeded]
      resolved: StaleAddress
      reachable: Timeout
      late: ProbeBudgetExceeded
      lastRoundTime: "2026-01-01T00:00:00Z"
      round: 9f3c21aa-17
      consecutiveFailures: 3
      consecutiveSuccesses: 0
      streakStart: "2026-01-01T00:00:00Z"
      """;

  private static final String WHOLE =
      """
      observedGeneration: 1
      target: gw.example.com, ANY, FIRST
      period: 30s
      conditions: [{type: Accepted, status: "True", reason: Accepted, message: ''}]
      address: 192.0.2.1
      addresses: [{address: 192.0.2.1}]
      addressCount: 2
      pinged: {count: 1, first: [192.0.2.1]}
      lastRound: {id: 9f3c21aa-17}
      lastTimeoutTime: "2026-01-01T00:00:00Z"
      lastReplyTime: "2026-01-01T00:00:00Z"
      consecutiveFailures: 2
      consecutiveSuccesses: 0
      streakStart: "2026-01-01T00:00:00Z"
      outages: [{start: "2026-01-01T00:00:00Z", reason: LossThresholdExceeded}]
      turns: [{reason: LossThresholdExceeded, times: ["2026-01-01T00:00:00Z"]}]
      sources: [{node: worker-1}]
      sourceCount: 1
      unconfirmedEvents: [{type: Warning, reason: LossThresholdExceeded}]
      """;
}
