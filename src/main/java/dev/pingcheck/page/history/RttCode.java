package dev.pingcheck.page.history;

/**
 * A round-trip time in sixteen bits: from 100 ns to 100 s in equal steps of its logarithm, each of
 * 0.03 %. What is shorter or longer is at the end of the scale; 0 stands for none.
 */
final class RttCode {
  static final int NONE = 0;

  private static final double SHORTEST = 100;
  private static final int STEPS = 65_534;
  private static final double STEP = Math.log(1e9) / STEPS;

  private RttCode() {}

  /** The nearest code of so many nanoseconds. */
  static int of(double nanos) {
    double steps = Math.log(Math.max(nanos, SHORTEST) / SHORTEST) / STEP;
    return 1 + (int) Math.min(STEPS, Math.round(steps));
  }

  /** The nanoseconds of a code other than {@link #NONE}. */
  static long nanos(int code) {
    return Math.round(SHORTEST * Math.exp((code - 1) * STEP));
  }
}
