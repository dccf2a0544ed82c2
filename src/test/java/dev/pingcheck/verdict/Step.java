package dev.pingcheck.verdict;

import dev.pingcheck.crd.EffectiveThresholds;
import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.stats.RoundReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** One thing that happens to a check. */
sealed interface Step {

  /** A spec that is carried out from now on. */
  record Accepted(
      long generation, String target, Duration period, EffectiveThresholds thresholds, Instant at)
      implements Step {}

  /** A spec that asks for nothing. */
  record Suspended(long generation, Instant at) implements Step {}

  /** Nothing was reported for too long. */
  record Silence(Instant at) implements Step {}

  /** Of some nodes nothing was reported for too long, others have left. */
  record Changed(Set<String> silent, Set<String> gone, Instant at) implements Step {}

  /**
   * A round has ended.
   *
   * @param node empty where the check names none
   */
  record Round(RoundReport report, String node) implements Step {
    @Override
    public String toString() {
      return "Round[%s %s of generation %d, %s to %s: %s]"
          .formatted(
              node,
              report.id(),
              report.generation(),
              report.startTime(),
              report.endTime(),
              report.addresses().stream()
                  .map(a ->
                      a.address()
                          + " lost "
                          + a.lossPercent()
                          + " % in "
                          + a.rtt().map(r -> r.avg() / 1_000_000).orElse(-1L)
                          + " ms")
                  .toList());
    }
  }

  /** The verdict on this step, given the last spec that was accepted. */
  default Verdict judge(PingCheckStatus before, Accepted spec) {
    return switch (this) {
      case Accepted a -> Judge.accepted(before, a.generation(), a.target(), a.period(), a.at());
      case Suspended s -> Judge.suspended(before, s.generation(), s.at());
      case Silence s -> Judge.silent(before, spec.generation(), Duration.ofSeconds(30), s.at());
      case Changed c ->
          Judge.sourcesChanged(before, spec.generation(), c.silent(), c.gone(), c.at());
      case Round r when r.node().isEmpty() ->
          Judge.sharedRound(before, spec.generation(), spec.thresholds(), r.report());
      case Round r ->
          Judge.round(before, spec.generation(), spec.thresholds(), r.report(), r.node());
    };
  }
}
