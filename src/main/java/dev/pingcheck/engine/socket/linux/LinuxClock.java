package dev.pingcheck.engine.socket.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.pingcheck.clock.Clock;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Instant;

/** The machine's clock, whose {@link #epochNanos} allocates nothing. Thread safe. */
public final class LinuxClock implements Clock {
  private static final int CLOCK_REALTIME = 0;

  private final MemorySegment time = Arena.ofAuto().allocate(Structs.TIMESPEC);

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public synchronized long epochNanos() {
    Libc.clockGettime(CLOCK_REALTIME, time.address());
    return time.get(JAVA_LONG, 0) * 1_000_000_000L + time.get(JAVA_LONG, Long.BYTES);
  }
}
