package dev.pingcheck.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TimerWheelTest {
  private static final long SECOND = 1_000_000_000L;

  private final List<String> fired = new ArrayList<>();

  @Test
  void firesAtItsDeadlineAndNotOneNanosecondBefore() {
    TimerWheel wheel = new TimerWheel(-5);
    wheel.arm(timer("a"), 2 * SECOND);
    assertThat(wheel.nextDeadline()).isLessThanOrEqualTo(2 * SECOND);
    assertThat(wheel.advance(2 * SECOND - 1)).isZero();
    assertThat(wheel.nextDeadline()).isEqualTo(2 * SECOND);
    assertThat(wheel.advance(2 * SECOND)).isEqualTo(1);
    assertThat(fired).containsExactly("a");
    assertThat(wheel.size()).isZero();
    assertThat(wheel.nextDeadline()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void firesInTheOrderOfDeadlinesWhenManyAreOverdue() {
    TimerWheel wheel = new TimerWheel(0);
    wheel.arm(timer("hour"), 3600 * SECOND);
    wheel.arm(timer("second"), SECOND);
    wheel.arm(timer("year"), 31_536_000 * SECOND);
    wheel.arm(timer("minute"), 60 * SECOND);
    assertThat(wheel.advance(Long.MAX_VALUE / 2)).isEqualTo(4);
    assertThat(fired).containsExactly("second", "minute", "hour", "year");
  }

  @Test
  void cancelledTimerNeverFiresNotEvenByAnotherThatIsDueWithIt() {
    TimerWheel wheel = new TimerWheel(0);
    WheelTimer victim = timer("victim");
    WheelTimer killer =
        new WheelTimer() {
          @Override
          protected void fired(long now) {
            wheel.cancel(victim);
          }
        };
    wheel.arm(killer, 10);
    wheel.arm(victim, 20);
    assertThat(wheel.advance(SECOND)).isEqualTo(1);
    assertThat(fired).isEmpty();
    assertThat(victim.isArmed()).isFalse();
  }

  @Test
  void timerThatArmsItselfInThePastFiresOnceACall() {
    TimerWheel wheel = new TimerWheel(0);
    WheelTimer again =
        new WheelTimer() {
          @Override
          protected void fired(long now) {
            fired.add("again");
            wheel.arm(this, now - 5);
          }
        };
    wheel.arm(again, 1);
    assertThat(wheel.advance(SECOND)).isEqualTo(1);
    assertThat(wheel.nextDeadline()).isLessThanOrEqualTo(SECOND);
    assertThat(wheel.advance(SECOND)).isEqualTo(1);
    assertThat(fired).hasSize(2);
  }

  @Test
  void armingAgainReplacesTheDeadline() {
    TimerWheel wheel = new TimerWheel(0);
    WheelTimer timer = timer("a");
    wheel.arm(timer, SECOND);
    wheel.arm(timer, 5 * SECOND);
    assertThat(wheel.size()).isEqualTo(1);
    assertThat(wheel.advance(4 * SECOND)).isZero();
    assertThat(wheel.advance(5 * SECOND)).isEqualTo(1);
  }

  @Test
  void agreesWithASortedMapOverManyRandomSteps() {
    Random random = new Random(42);
    long now = random.nextLong() >> 2;
    TimerWheel wheel = new TimerWheel(now);
    TreeMap<Long, Integer> model = new TreeMap<>();
    int[] count = new int[1];
    for (int step = 0; step < 20_000; step++) {
      for (int i = random.nextInt(4); i > 0; i--) {
        long deadline = now + (random.nextLong() >>> (24 + random.nextInt(38)));
        model.merge(deadline, 1, Integer::sum);
        wheel.arm(counting(count, deadline), deadline);
      }
      long next = wheel.nextDeadline();
      if (!model.isEmpty()) {
        assertThat(next).isLessThanOrEqualTo(Math.max(now, model.firstKey()));
      }
      now =
          random.nextInt(3) == 0
              ? Math.max(now, next)
              : now + (random.nextLong() >>> (28 + random.nextInt(34)));
      int due = 0;
      while (!model.isEmpty() && model.firstKey() <= now) {
        due += model.pollFirstEntry().getValue();
      }
      count[0] = 0;
      assertThat(wheel.advance(now)).isEqualTo(due);
      assertThat(count[0]).isEqualTo(due);
    }
  }

  private static WheelTimer counting(int[] count, long deadline) {
    return new WheelTimer() {
      @Override
      protected void fired(long now) {
        assertThat(now).isGreaterThanOrEqualTo(deadline);
        count[0]++;
      }
    };
  }

  private WheelTimer timer(String name) {
    return new WheelTimer() {
      @Override
      protected void fired(long now) {
        fired.add(name);
      }
    };
  }
}
