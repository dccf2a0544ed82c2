package dev.pingcheck.stats;

/**
 * How a probe is.
 *
 * @param engine its engine
 * @param reportsDropped reports that its full buffer has dropped since its start
 * @param reportsWaiting reports that are not safe yet
 */
public record ProbeHealth(EngineHealth engine, long reportsDropped, int reportsWaiting) {

  /**
   * @throws IllegalArgumentException if a number is negative
   */
  public ProbeHealth {
    if (reportsDropped < 0 || reportsWaiting < 0) {
      throw new IllegalArgumentException("a count of reports is negative");
    }
  }
}
