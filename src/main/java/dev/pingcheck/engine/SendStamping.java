package dev.pingcheck.engine;

/**
 * Decides which requests the kernel is asked to stamp as they leave. A stamp costs a sixth of an
 * echo. So when the loop has been sending full batches for a while, because its owner wants as many
 * echoes as the processor can do, they go without, and their round-trip times come from user-space
 * clocks. A burst, or a loop that gets little time, keeps its stamps.
 */
final class SendStamping {
  /** A window of 67 ms. */
  private static final int WINDOW_SHIFT = 26;

  /** Fewer requests in a window than that are no flood: 30,000 a second. */
  private static final int FLOOD = 2_000;

  private long window;
  private int requests;
  private int inFullBatches;
  private boolean flooded;

  /**
   * Whether requests that leave together now are to be stamped.
   *
   * @param count how many, at least 1
   * @param full whether no more fit
   * @param now monotonic nanoseconds
   */
  boolean wants(int count, boolean full, long now) {
    long current = now >> WINDOW_SHIFT;
    if (current != window) {
      boolean next = current == window + 1;
      flooded = next && requests >= FLOOD && inFullBatches >= requests / 5 * 4;
      window = current;
      requests = 0;
      inFullBatches = 0;
    }
    requests += count;
    inFullBatches += full ? count : 0;
    return !flooded;
  }
}
