package dev.pingcheck.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.clock.FakeClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FollowedPlansTest {
  private static final Duration ALONE = Duration.ofMinutes(10);

  private final FakeClock clock = new FakeClock();
  private final RecordingListener listener = new RecordingListener();
  private final Parting parting = new Parting();
  private final FollowedPlans plans = new FollowedPlans(listener, parting, ALONE, clock);

  @BeforeEach
  void follow() {
    plans.snapshot(List.of(Samples.plan(1)), Optional.empty());
    clock.advance(Duration.ofHours(1)); // with an operator it may be as long as it likes
  }

  @Test
  void plansHoldWithoutAnOperatorForAsLongAsTheyMay() {
    assertThat(plans.leftAlone()).isTrue();
    clock.advance(ALONE.minusNanos(1));
    assertThat(plans.leftAlone()).as("it is alone already").isFalse();
    plans.checkAlone();
    assertThat(listener.plans()).hasSize(1);
    clock.advance(Duration.ofNanos(1));
    plans.checkAlone();
    assertThat(listener.plans()).isEmpty();
    assertThat(listener.snapshots()).isEqualTo(2);
    plans.checkAlone();
    assertThat(listener.snapshots()).as("said once").isEqualTo(2);
  }

  @Test
  void anOperatorThatIsBackInTimeChangesNothing() {
    plans.leftAlone();
    clock.advance(ALONE.minusNanos(1));
    plans.snapshot(List.of(Samples.plan(1)), Optional.empty());
    clock.advance(ALONE);
    plans.checkAlone();
    assertThat(listener.plans()).hasSize(1);
  }

  @Test
  void oneThatTakesLeaveCarriesNothingNewOut() {
    parting.leave(Instant.EPOCH);
    plans.put(Samples.plan(2));
    plans.removed("uid-1");
    plans.snapshot(List.of(), Optional.empty());
    assertThat(listener.plans()).containsExactly(Samples.plan(1));
  }
}
