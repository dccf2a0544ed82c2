package dev.pingcheck.bench.micro;

import dev.pingcheck.schedule.TimerWheel;
import dev.pingcheck.schedule.WheelTimer;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The timer wheel with 100,000 timers that are due once a second each, and one more. */
@State(Scope.Thread)
public class WheelCalls {
  private static final int TIMERS = 100_000;
  private static final long PERIOD = 1_000_000_000L;
  private static final int FIRED = 100;

  private final TimerWheel wheel = new TimerWheel(0);
  private final Every other = new Every(wheel);
  private long now;

  /** Public and without arguments, as JMH wants it. */
  public WheelCalls() {
    Random random = new Random(1);
    for (int i = 0; i < TIMERS; i++) {
      wheel.arm(new Every(wheel), random.nextLong(PERIOD));
    }
  }

  /** A request's timeout is armed, and cancelled by its reply. */
  @Benchmark
  public int armAndCancel() {
    wheel.arm(other, now + 2 * PERIOD);
    wheel.cancel(other);
    return wheel.size();
  }

  /** A millisecond passes: a hundred timers fire and are armed again; counted for one timer. */
  @Benchmark
  @OperationsPerInvocation(FIRED)
  public int advance() {
    now += PERIOD * FIRED / TIMERS;
    return wheel.advance(now);
  }

  private static final class Every extends WheelTimer {
    private final TimerWheel wheel;

    Every(TimerWheel wheel) {
      this.wheel = wheel;
    }

    @Override
    protected void fired(long now) {
      wheel.arm(this, deadline() + PERIOD);
    }
  }
}
