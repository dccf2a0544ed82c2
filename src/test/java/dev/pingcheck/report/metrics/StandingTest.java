package dev.pingcheck.report.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.crd.Outage;
import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.crd.RecentTurns;
import dev.pingcheck.crd.SourceStatus;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StandingTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  private static Standing of(PingCheckStatus status) {
    return Standing.of(new ObjectMeta(), status);
  }

  private static PingCheckStatus healthy(String state, String reason) {
    PingCheckStatus status = new PingCheckStatus();
    status.setConditions(
        List.of(
            new ConditionBuilder()
                .withType("Healthy")
                .withStatus(state)
                .withReason(reason)
                .build()));
    return status;
  }

  private static PingCheckStatus flapping(String state, String reason) {
    RecentTurns turns = new RecentTurns();
    turns.setFlappingSince(AT);
    PingCheckStatus status = healthy(state, reason);
    status.setTurns(List.of(turns));
    return status;
  }

  private static SourceStatus source(String reason) {
    SourceStatus source = new SourceStatus();
    source.setReason(reason);
    return source;
  }

  private static Outage outage(String reason, Instant end) {
    Outage outage = new Outage();
    outage.setReason(reason);
    outage.setEnd(end);
    return outage;
  }

  @ParameterizedTest
  @CsvSource({
    "True, SomeProbesSilent",
    "False, LossThresholdExceeded",
    "Unknown, ProbeSilent",
  })
  void silenceOfOneNodeOfManyIsTold(String state, String reason) {
    PingCheckStatus status = healthy(state, reason);
    status.setSources(List.of(source("ProbeSilent"), source(null)));
    assertThat(of(status).silence()).isEqualTo("some_probes_silent");
  }

  @Test
  void silenceOfAllNodesIsThatOfTheCheck() {
    PingCheckStatus status = healthy("Unknown", "ProbeSilent");
    status.setSources(List.of(source("ProbeSilent"), source("ProbeSilent")));
    assertThat(of(status).silence()).isEqualTo("probe_silent");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Suspended", "NotAccepted"})
  void nobodyWaitsForACheckThatIsNotPinged(String reason) {
    PingCheckStatus status = healthy("Unknown", reason);
    status.setSources(List.of(source("ProbeSilent"), source(null)));
    assertThat(of(status).silence()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"True", "False"})
  void aCheckFlapsWhileItIsJudged(String state) {
    assertThat(of(flapping(state, "Reason")).flapping()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Suspended", "NotAccepted", "ProbeSilent", "Pending"})
  void aCheckThatIsNotJudgedNeitherFlapsNorHasAProblem(String reason) {
    PingCheckStatus status = flapping("Unknown", reason);
    status.setOutages(List.of(outage("LossThresholdExceeded", null)));
    assertThat(of(status).flapping()).isFalse();
    assertThat(of(status).problems()).isEmpty();
  }

  @Test
  void problemsAreTheOutagesThatLast() {
    PingCheckStatus status = healthy("False", "LossThresholdExceeded");
    status.setOutages(
        List.of(
            outage("RttThresholdExceeded", null),
            outage("LossThresholdExceeded", null),
            outage("ResolutionFailed", AT)));
    assertThat(of(status).problems()).containsExactlyInAnyOrder("loss", "rtt");
  }

  @Test
  void aOneOffCheckStandsForNothing() {
    ObjectMeta oneOff =
        new ObjectMetaBuilder().addToLabels("pingcheck.dev/one-off", "true").build();
    assertThat(Standing.of(oneOff, flapping("False", "LossThresholdExceeded")))
        .isEqualTo(Standing.NONE);
  }
}
