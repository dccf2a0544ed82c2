package dev.pingcheck.engine;

import java.util.random.RandomGenerator;

/**
 * The first sixteen bits of the numbers of requests that a capture is to see; those of all others
 * are zero. So the kernel lets in those packets alone, by a filter that never changes, whatever
 * address a name turns to.
 *
 * @param bits 1 to 65535
 */
public record CaptureMark(int bits) {
  private static final int SHIFT = 48;

  static CaptureMark random(RandomGenerator random) {
    return new CaptureMark(random.nextInt(1, 1 << 16));
  }

  /** A number, marked; those of a process stay below 2^48. */
  long on(long number) {
    return (long) bits << SHIFT | number;
  }
}
