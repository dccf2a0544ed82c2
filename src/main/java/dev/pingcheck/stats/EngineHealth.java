package dev.pingcheck.stats;

/**
 * How a probe's engine is. All but the sockets are counted since the probe's start and only grow.
 *
 * @param sockets which kind it uses
 * @param kernelDrops packets that found no room in a socket: each may be a reply counted as lost
 * @param socketsReopened sockets that broke and were opened again
 * @param faults of its loop, its resolver and of what listens to it
 * @param busyNanos for how long the loop was at work, in nanoseconds; as much as time goes by when
 *     it has more to do than it can
 */
public record EngineHealth(
    Sockets sockets, long kernelDrops, long socketsReopened, long faults, long busyNanos) {

  /** Kinds of sockets. */
  public enum Sockets {
    RAW,
    PING
  }

  /**
   * @throws IllegalArgumentException if a number is negative
   */
  public EngineHealth {
    if (kernelDrops < 0 || socketsReopened < 0 || faults < 0 || busyNanos < 0) {
      throw new IllegalArgumentException("a count of the engine is negative");
    }
  }
}
