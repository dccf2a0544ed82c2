package dev.pingcheck.verdict;

import dev.pingcheck.crd.Durations;
import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.crd.RoundStatus;
import dev.pingcheck.crd.SourceStatus;
import dev.pingcheck.stats.RoundId;
import dev.pingcheck.stats.RoundReport;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The round that a status tells of, and which others it stands for: those of the same probe before
 * it, and those that another probe began less than half a period after it. While two probes hand a
 * check over both may ping it, in the same phase; whoever tells of a round first is heard.
 *
 * @param id which round of which probe
 * @param start when it began; unknown in a status of an earlier version
 * @param period the period in force
 * @param isSilent whether nothing new was told for so long that whatever comes is welcome: so a
 *     clock that is behind costs no more than that, for a round that is covered is no sign of life
 */
record LastRound(RoundId id, Optional<Instant> start, Optional<Duration> period, boolean isSilent) {

  static Optional<LastRound> of(PingCheckStatus status) {
    RoundStatus last = status.getLastRound();
    return last == null
        ? Optional.empty()
        : of(status, last.getId(), last.getStartTime(), Judge.isSilent(status));
  }

  /** The last round of one node's probe. */
  static Optional<LastRound> of(PingCheckStatus status, String node) {
    Optional<SourceStatus> source = new Sources(status).of(node);
    return source.flatMap(
        known -> of(status, known.getRound(), known.getLastRoundTime(), Sources.isSilent(known)));
  }

  private static Optional<LastRound> of(
      PingCheckStatus status, String id, Instant start, boolean isSilent) {
    Optional<Duration> period = Optional.ofNullable(status.getPeriod()).flatMap(Durations::parse);
    return Optional.ofNullable(id)
        .flatMap(RoundId::read)
        .map(read -> new LastRound(read, Optional.ofNullable(start), period, isSilent));
  }

  /** Whether a report is of the same probe, and not of a later round. */
  boolean isSameProbesAtOrAfter(RoundReport report) {
    return report.id().isNotAfter(id);
  }

  /** Whether a report says nothing new to who knows this one. */
  boolean covers(RoundReport report) {
    if (report.id().probe().equals(id.probe())) {
      return isSameProbesAtOrAfter(report);
    }
    if (isSilent || start.isEmpty() || period.isEmpty()) {
      return false;
    }
    Instant next = start.get().plus(period.get().dividedBy(2));
    return report.startTime().truncatedTo(ChronoUnit.MILLIS).isBefore(next);
  }
}
