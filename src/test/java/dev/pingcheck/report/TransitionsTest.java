package dev.pingcheck.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.crd.RoundStatus;
import dev.pingcheck.log.LogLine;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransitionsTest {
  private static final Logger LOGGER = Logger.getLogger(Transitions.class.getName());

  private final List<LogLine> lines = new ArrayList<>();
  private final Handler listener =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          lines.add((LogLine) entry.getParameters()[0]);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  private static final PingCheckStatus NOTHING = new PingCheckStatus();
  private static final PingCheckStatus NEW =
      status("Accepted True Accepted", "Healthy Unknown Pending", "Reachable Unknown Pending");
  private static final PingCheckStatus WELL =
      status(
          "Accepted True Accepted",
          "Resolved True AddressLiteral",
          "Reachable True ReplyReceived",
          "Healthy True WithinThresholds",
          "OnSchedule True OnTime");
  private static final PingCheckStatus DEAD =
      status(
          "Accepted True Accepted",
          "Resolved True AddressLiteral",
          "Reachable False Timeout",
          "Healthy False LossThresholdExceeded",
          "OnSchedule True OnTime");
  private static final PingCheckStatus SUSPENDED =
      status(
          "Accepted True Suspended",
          "Resolved Unknown Suspended",
          "Reachable Unknown Suspended",
          "Healthy Unknown Suspended",
          "OnSchedule Unknown Suspended");

  @BeforeEach
  void listen() {
    LOGGER.addHandler(listener);
  }

  @AfterEach
  void leave() {
    LOGGER.removeHandler(listener);
  }

  private static PingCheckStatus status(String... conditions) {
    PingCheckStatus status = new PingCheckStatus();
    List<Condition> all = new ArrayList<>();
    for (String each : conditions) {
      String[] words = each.split(" ", -1);
      all.add(
          new ConditionBuilder()
              .withType(words[0])
              .withStatus(words[1])
              .withReason(words[2])
              .withMessage("Message of " + words[0] + ".")
              .build());
    }
    status.setConditions(all);
    RoundStatus round = new RoundStatus();
    round.setId("9f3c-17");
    status.setLastRound(round);
    return status;
  }

  private void tell(PingCheckStatus before, PingCheckStatus after, boolean byRound) {
    PingCheck check = new PingCheck();
    check.setMetadata(
        new ObjectMetaBuilder().withNamespace("ns").withName("gw").withUid("u-1").build());
    Transitions.tell(check, Transitions.states(before), after, byRound);
  }

  private List<String> sentences() {
    return lines.stream().map(LogLine::sentence).toList();
  }

  @Test
  void aCrossingIsOneLineWithItsRoundAndWhatTurnedBesides() {
    tell(WELL, DEAD, true);
    assertThat(sentences())
        .containsExactly(
            "ns/gw: Healthy True to False, LossThresholdExceeded: Message of Healthy.");
    assertThat(lines.getFirst().fields())
        .containsExactly(
            Map.entry("namespace", "ns"),
            Map.entry("name", "gw"),
            Map.entry("uid", "u-1"),
            Map.entry("condition", "Healthy"),
            Map.entry("from", "True"),
            Map.entry("to", "False"),
            Map.entry("reason", "LossThresholdExceeded"),
            Map.entry("round", "9f3c-17"),
            Map.entry("also", "Reachable False"));
  }

  @Test
  void aRoundThatTurnsNothingIsNoLine() {
    tell(WELL, WELL, true);
    tell(DEAD, DEAD, true);
    assertThat(lines).isEmpty();
  }

  @Test
  void aCheckThatIsWellAtFirstSightIsNoLine() {
    tell(NOTHING, NEW, false);
    tell(NEW, WELL, true);
    tell(NOTHING, WELL, true);
    assertThat(lines).isEmpty();
  }

  @Test
  void aCheckThatIsBadAtFirstSightIsOne() {
    String line = "ns/gw: Healthy Unknown to False, LossThresholdExceeded: Message of Healthy.";
    tell(NEW, DEAD, true);
    tell(NOTHING, DEAD, true);
    assertThat(sentences()).containsExactly(line, line);
  }

  @Test
  void recoveryIsOneLine() {
    tell(DEAD, WELL, true);
    assertThat(sentences())
        .containsExactly("ns/gw: Healthy False to True, WithinThresholds: Message of Healthy.");
  }

  @Test
  void suspensionIsALineOfAcceptedAloneEachWay() {
    tell(WELL, SUSPENDED, false);
    tell(SUSPENDED, NEW, false);
    tell(NEW, WELL, true);
    assertThat(sentences())
        .containsExactly(
            "ns/gw: Accepted True to Suspended, Suspended: Message of Accepted.",
            "ns/gw: Accepted Suspended to True, Accepted: Message of Accepted.");
    assertThat(lines.getFirst().fields()).doesNotContainKeys("round", "also");
  }

  @Test
  void silenceAndItsEndAreALineEach() {
    PingCheckStatus silent =
        status(
            "Accepted True Accepted",
            "Resolved True AddressLiteral",
            "Reachable Unknown ProbeSilent",
            "Healthy Unknown ProbeSilent",
            "OnSchedule Unknown ProbeSilent");
    tell(WELL, silent, false);
    tell(silent, WELL, true);
    assertThat(sentences())
        .containsExactly(
            "ns/gw: Healthy True to Unknown, ProbeSilent: Message of Healthy.",
            "ns/gw: Healthy Unknown to True, WithinThresholds: Message of Healthy.");
  }
}
