package dev.pingcheck.crd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.crd.Headline.State;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HeadlineTest {

  /** Of conditions such as {@code Healthy False LossThresholdExceeded}. */
  private static Headline of(String... conditions) {
    PingCheckStatus status = new PingCheckStatus();
    status.setConditions(Arrays.stream(conditions).map(HeadlineTest::condition).toList());
    return Headline.of(status);
  }

  private static Condition condition(String text) {
    String[] words = text.split(" ", -1);
    return new ConditionBuilder()
        .withType(words[0])
        .withStatus(words[1])
        .withReason(words[2])
        .withLastTransitionTime("since " + words[0])
        .build();
  }

  private static void assertSays(Headline headline, State state, String reason) {
    assertThat(headline.state()).isEqualTo(state);
    assertThat(headline.reason()).isEqualTo(reason);
  }

  @Test
  void healthySaysHowACheckIsThatIsAccepted() {
    assertSays(
        of("Accepted True Accepted", "Healthy True WithinThresholds"),
        State.HEALTHY,
        "WithinThresholds");
    assertSays(
        of("Accepted True Accepted", "Healthy False LossThresholdExceeded"),
        State.FAILING,
        "LossThresholdExceeded");
    assertSays(
        of("Accepted True Accepted", "Healthy Unknown ProbeSilent"), State.UNKNOWN, "ProbeSilent");
    assertSays(of("Accepted True Accepted", "Healthy Unknown Pending"), State.PENDING, "Pending");
  }

  @Test
  void aRefusalSaysMoreThanThatTheRestIsUnknown() {
    Headline refused = of("Accepted False InvalidSpec", "Healthy Unknown NotAccepted");
    assertSays(refused, State.REFUSED, "InvalidSpec");
    assertThat(refused.since()).contains("since Accepted");
  }

  @Test
  void aSuspendedCheckIsSoSinceItsHealthIsUnknown() {
    Headline suspended = of("Accepted True Suspended", "Healthy Unknown Suspended");
    assertSays(suspended, State.SUSPENDED, "Suspended");
    assertThat(suspended.since()).contains("since Healthy");
  }

  @Test
  void beforeTheFirstVerdictACheckIsPending() {
    assertSays(of(), State.PENDING, "Pending");
    assertThat(of().since()).isEmpty();
  }
}
