package dev.pingcheck.report;

import dev.pingcheck.stats.RoundReport;

/**
 * A judged round that a crash could still lose.
 *
 * @param report of the round
 * @param safe is called when the round can no longer be lost
 * @param node where it was found, if the check names nodes; else empty
 * @param fromNetwork whether its probe outlives the lead of this operator, and tells whoever leads
 *     next what was not safe here
 */
public record Unsafe(RoundReport report, Runnable safe, String node, boolean fromNetwork) {

  /** A round of the probe beside this operator. */
  public Unsafe(RoundReport report, Runnable safe) {
    this(report, safe, "", false);
  }
}
