package dev.pingcheck.cli;

/**
 * Tells when a full collection is worth its pause. The serial collector clears the old generation
 * only when the heap cannot grow any more, so that a probe would take all the memory that it may
 * have, in hours, whatever it needs.
 */
final class HeapUse {
  /** What the young generation may hold at any time. */
  private static final long YOUNG = 4L << 20;

  private long kept;

  /**
   * @param kept octets in use right after a full collection, or at the start
   */
  HeapUse(long kept) {
    this.kept = kept;
  }

  /** Octets in use by this process's heap, garbage included. */
  static long now() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** Whether the greater part of so many octets in use is likely to be garbage. */
  boolean isMostlyGarbage(long used) {
    return used > 2 * kept + YOUNG;
  }

  /** A full collection has left so many octets in use. */
  void collected(long used) {
    kept = used;
  }
}
