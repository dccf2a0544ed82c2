package dev.pingcheck.report.status;

import dev.pingcheck.crd.PingCheck;

/** What became of a status that was to be written. */
public sealed interface WriteOutcome {

  /**
   * It stands at the API server.
   *
   * @param resourceVersion the check's from now on: what the next write builds on
   */
  record Written(String resourceVersion) implements WriteOutcome {}

  /**
   * It was not written: the check is not as the writer knew it. Somebody has changed its spec,
   * another operator has written its status, or an earlier write of our own went through although
   * its answer was lost.
   *
   * @param now the check as it is
   */
  record Overtaken(PingCheck now) implements WriteOutcome {}

  /** That check is no more: there is nothing to write to. */
  record Gone() implements WriteOutcome {}
}
