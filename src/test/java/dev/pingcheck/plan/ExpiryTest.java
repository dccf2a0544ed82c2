package dev.pingcheck.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.crd.OneOffMark;
import dev.pingcheck.crd.PingCheck;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpiryTest {
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

  @Test
  void oneOffExpiresFiveMinutesAfterItsTimeAndIsLookedAtThen() {
    PingCheck check = oneOff("2026-01-31T12:02:00Z");
    assertThat(Expiry.refusal(check, NOW)).isEmpty();
    assertThat(Expiry.lookAgain(check, NOW)).contains(Duration.ofMinutes(7));

    Instant end = NOW.plus(Duration.ofMinutes(7));
    assertThat(Expiry.refusal(check, end.minusNanos(1))).isEmpty();
    assertThat(Expiry.lookAgain(check, end.minusNanos(1))).contains(Duration.ofNanos(1));
    assertThat(Expiry.refusal(check, end))
        .contains(
            new Planning.Refused(
                "Expired",
                "metadata.annotations[pingcheck.dev/expires]: this time has passed, and the kubectl"
                    + " pingcheck run that made the check has not put it off: delete the check"));
    assertThat(Expiry.lookAgain(check, end)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "", "12:00", "2026-02-30T00:00:00Z"})
  void textThatIsNoTimeIsSaidToBeNone(String text) {
    assertThat(Expiry.refusal(oneOff(text), NOW).orElseThrow().sentence())
        .startsWith("metadata.annotations[pingcheck.dev/expires]: it is no time such as ")
        .endsWith(": delete the check, or make it anew without that label");
  }

  @Test
  void oneOffWithoutATimeExpiresAtOnce() {
    PingCheck check = oneOff("soon");
    check.getMetadata().setAnnotations(null);
    assertThat(Expiry.refusal(check, NOW)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"+1000000000-12-31T23:59:59.999999999Z", "-1000000000-01-01T00:00:00Z"})
  void timesOfFarYearsAreTakenToo(String time) {
    boolean isPast = time.startsWith("-");
    assertThat(Expiry.refusal(oneOff(time), NOW).isPresent()).isEqualTo(isPast);
    if (!isPast) {
      assertThat(Expiry.lookAgain(oneOff(time), NOW)).contains(Duration.ofHours(1));
    }
  }

  @Test
  void everyOtherCheckLastsWhateverItsAnnotationSays() {
    PingCheck check = oneOff("2020-01-01T00:00:00Z");
    check.getMetadata().setLabels(null);
    assertThat(Expiry.refusal(check, NOW)).isEmpty();
    assertThat(Expiry.lookAgain(check, NOW)).isEmpty();
  }

  private static PingCheck oneOff(String expires) {
    PingCheck check = new PingCheck();
    check.setMetadata(
        new ObjectMetaBuilder()
            .addToLabels(OneOffMark.LABEL, "true")
            .addToAnnotations(OneOffMark.EXPIRES, expires)
            .build());
    return check;
  }
}
