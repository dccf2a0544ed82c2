package dev.pingcheck.engine;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.engine.socket.IpFamily;
import java.util.Arrays;

/**
 * Tells on the monotonic clock when a packet arrived. The kernel stamps it with the wall clock; a
 * stamp is believed only if the wall clock made no step since the last reading and the stamp lies
 * behind the moment at which the socket was last seen empty. Otherwise the time of reading stands.
 */
final class ArrivalClock {
  /** More than slewing and the time between two readings can explain. */
  private static final long STEP = 1_000_000;

  /** Slewing changes the wall clock's rate by at most 500 ppm. */
  private static final long SLEW_DIVISOR = 2_000;

  private static final long OLD = 1_000_000_000;
  private static final long TOO_LONG = 20_000;
  private static final int TRIES = 3;

  private final Clock clock;
  private long nanos;
  private long wall;
  private long offset;
  private boolean everStepped;
  private long lastStep;
  private final long[] emptyAt = new long[IpFamily.values().length];
  private final boolean[] stepped = new boolean[IpFamily.values().length];

  ArrivalClock(Clock clock) {
    this.clock = clock;
    read();
    Arrays.fill(emptyAt, nanos);
    Arrays.fill(stepped, false);
    everStepped = false;
  }

  /** Reads both clocks right behind a receive. */
  void read() {
    long before = nanos;
    for (int i = 0; i < TRIES; i++) {
      long first = clock.nanoTime();
      wall = clock.epochNanos();
      nanos = clock.nanoTime();
      // Whoever was put aside between the two readings has a pair that does not belong together.
      if (nanos - first < TOO_LONG) {
        break;
      }
    }
    long allowed = STEP + Math.abs(nanos - before) / SLEW_DIVISOR;
    if (Math.abs(wall - nanos - offset) > allowed) {
      Arrays.fill(stepped, true);
      everStepped = true;
      lastStep = nanos;
    }
    offset = wall - nanos;
  }

  /**
   * Reads both clocks if that was long ago: the longer the time between two readings, the greater
   * the step that slewing could explain.
   */
  void refresh(long now) {
    if (now - nanos > OLD) {
      read();
    }
  }

  /**
   * All packets of the family that came before that time have been read; later stamps are judged
   * anew.
   *
   * @param at monotonic time right before the receive that found the socket empty
   */
  void drained(IpFamily family, long at) {
    emptyAt[family.ordinal()] = at;
    stepped[family.ordinal()] = false;
  }

  /** The monotonic time of the last reading. */
  long nanos() {
    return nanos;
  }

  /** The wall-clock time of the last reading, in nanoseconds since the epoch. */
  long epochNanos() {
    return wall;
  }

  /** When the socket was last seen empty: what was read since cannot have come before. */
  long emptyAt(IpFamily family) {
    return emptyAt[family.ordinal()];
  }

  /** Whether the wall clock may have been set after that monotonic time. */
  boolean hasSteppedSince(long time) {
    return everStepped && lastStep - time >= 0;
  }

  /** Whether the kernel's stamp can be believed. */
  boolean trusts(IpFamily family, long kernelStamp) {
    long age = wall - kernelStamp;
    return kernelStamp != 0
        && !stepped[family.ordinal()]
        && age >= 0
        && nanos - age >= emptyAt[family.ordinal()];
  }

  /** When the packet with that stamp (0: none) arrived, on the monotonic clock. */
  long arrival(IpFamily family, long kernelStamp) {
    return trusts(family, kernelStamp) ? nanos - (wall - kernelStamp) : nanos;
  }
}
