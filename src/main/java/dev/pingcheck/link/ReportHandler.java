package dev.pingcheck.link;

import dev.pingcheck.stats.RoundReport;

/** Takes in the reports of the probes. */
@FunctionalInterface
public interface ReportHandler {

  /**
   * Called on a thread of the link with one probe's reports in order, each once as long as this
   * operator leads; must not block.
   *
   * @param from where the probe stands
   * @param report what a round found
   * @param safe to be called once, on any thread, as soon as the report would survive this process;
   *     until then the probe keeps it. A probe sends on until {@link LinkServer#REPORTS_IN_FLIGHT}
   *     of its reports wait for that
   */
  void handle(Placement from, RoundReport report, Runnable safe);
}
