package dev.pingcheck.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.crd.EffectiveThresholds;
import dev.pingcheck.crd.PingCheckSpec;
import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.crd.UnconfirmedEvent;
import dev.pingcheck.stats.Evidence;
import dev.pingcheck.stats.ReportBuilder;
import dev.pingcheck.stats.RoundReport;
import org.junit.jupiter.api.Test;

class EvidenceNoteTest {
  private static final String LOSS =
      "2 of 4 echo requests to 192.0.2.1 were lost (50 %); the threshold is 20 %.";
  private static final String FILE = "20260101T000010.000Z-0123abcd-1.pcapng";

  private static final PingCheckStatus BEFORE =
      Judge.accepted(new PingCheckStatus(), 1, Rounds.TARGET, Rounds.PERIOD, Rounds.START).status();
  private static final EffectiveThresholds THRESHOLDS = EffectiveThresholds.of(new PingCheckSpec());

  private static RoundReport lossy(Evidence evidence) {
    return ReportBuilder.like(Rounds.of(1, 2)).with(evidence).build();
  }

  private static UnconfirmedEvent event(Verdict verdict) {
    return verdict.status().getUnconfirmedEvents().getLast();
  }

  private static UnconfirmedEvent event(Evidence evidence) {
    return event(Judge.round(BEFORE, 1, THRESHOLDS, lossy(evidence)));
  }

  @Test
  void aLossWhosePacketsAreHeldNamesTheirFile() {
    UnconfirmedEvent event = event(Evidence.HELD);
    assertThat(event.getReason()).isEqualTo("LossThresholdExceeded");
    assertThat(event.getNote()).isEqualTo(LOSS + " Evidence: " + FILE + ".");
    assertThat(event.getEvidence()).isEqualTo(FILE);
  }

  @Test
  void judgedAgainItNamesTheSame() {
    UnconfirmedEvent again = event(Evidence.HELD);
    assertThat(again.getNote()).isEqualTo(event(Evidence.HELD).getNote());
    assertThat(again.getTime()).isEqualTo(event(Evidence.NONE).getTime());
  }

  @Test
  void aLossWithoutPacketsSaysWhy() {
    UnconfirmedEvent event = event(Evidence.missing("the capture had not begun"));
    assertThat(event.getNote()).isEqualTo(LOSS + " No evidence: the capture had not begun.");
    assertThat(event.getEvidence()).isNull();
  }

  @Test
  void aLossOfACheckThatAsksForNoneSaysNothingOfIt() {
    UnconfirmedEvent event = event(Evidence.NONE);
    assertThat(event.getNote()).isEqualTo(LOSS);
    assertThat(event.getEvidence()).isNull();
  }

  @Test
  void ofANodeItNamesTheFileToo() {
    UnconfirmedEvent event =
        event(Judge.round(BEFORE, 1, THRESHOLDS, lossy(Evidence.HELD), "node-a"));
    assertThat(event.getNote()).startsWith("From node-a: ").endsWith(" Evidence: " + FILE + ".");
    assertThat(event.getEvidence()).isEqualTo(FILE);
  }
}
