package dev.pingcheck.verdict;

import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.crd.RoundStatus;
import dev.pingcheck.crd.RttStatus;
import dev.pingcheck.crd.SourceStatus;
import dev.pingcheck.stats.AddressRound;
import dev.pingcheck.stats.Resolution;
import dev.pingcheck.stats.RoundReport;
import dev.pingcheck.stats.RttSummary;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** The figures of one node's round, and those of the worst node on top of the status. */
final class SourceFigures {
  private SourceFigures() {}

  static void write(SourceStatus mine, RoundReport report, Findings findings, Duration period) {
    Optional<AddressRound> worst = findings.worst();
    mine.setAddress(worst.map(AddressRound::address).orElse(null));
    mine.setSent(worst.map(AddressRound::sent).orElse(0));
    mine.setReceived(worst.map(AddressRound::received).orElse(0));
    mine.setLossPercent(worst.map(AddressRound::lossPercent).orElse(null));
    mine.setRtt(
        worst.flatMap(AddressRound::rtt).map(RttSummary::avg).map(Figures::duration).orElse(null));
    mine.setResolved(resolved(report.resolution().state()));
    mine.setReachable(
        worst
            .map(round -> round.received() > 0 ? null : Resolving.unreachable(round))
            .orElseGet(() -> worst.isEmpty() ? "Unresolved" : null));
    boolean wasLate = mine.getLate() != null;
    mine.setLate(
        Punctuality.of(report.pacing(), period, wasLate).map(Punctuality::reason).orElse(null));
    mine.setLastRoundTime(report.startTime().truncatedTo(ChronoUnit.MILLIS));
    mine.setRound(report.id().toString());
  }

  private static String resolved(Resolution.State state) {
    return switch (state) {
      case LITERAL, RESOLVED -> null;
      case STALE -> "StaleAddress";
      case FAILED -> Problem.UNRESOLVED.reason();
      case FORBIDDEN -> Forbidden.REASON;
    };
  }

  /**
   * Puts the worst node's figures on top: all of them if this round is that node's, else those that
   * are remembered.
   */
  static void writeOnTop(
      PingCheckStatus status, SourceStatus mine, RoundReport report, Findings findings) {
    Sources sources = new Sources(status);
    SourceStatus worst = sources.worst().orElseThrow();
    Sources.streak(worst).writeTo(status);
    final Instant timeout = status.getLastTimeoutTime();
    final Instant reply = status.getLastReplyTime();
    if (worst.getNode().equals(mine.getNode())) {
      Figures.write(status, report, findings);
    } else {
      Figures.writeTimes(status, report);
      writeOnTop(status, worst);
    }
    status.setLastTimeoutTime(later(timeout, status.getLastTimeoutTime()));
    status.setLastReplyTime(later(reply, status.getLastReplyTime()));
  }

  private static Instant later(Instant one, Instant other) {
    return one == null || (other != null && other.isAfter(one)) ? other : one;
  }

  /** The figures that are remembered of a node. */
  static void writeOnTop(PingCheckStatus status, SourceStatus worst) {
    boolean isThere =
        status.getLastRound() != null
            && worst.getRound() != null
            && worst.getRound().equals(status.getLastRound().getId());
    if (isThere || worst.getRound() == null) {
      return;
    }
    RoundStatus round = new RoundStatus();
    round.setId(worst.getRound());
    round.setStartTime(worst.getLastRoundTime());
    round.setSent(worst.getSent());
    round.setReceived(worst.getReceived());
    round.setLossPercent(worst.getLossPercent());
    if (worst.getRtt() != null) {
      RttStatus rtt = new RttStatus();
      rtt.setAvg(worst.getRtt());
      round.setRtt(rtt);
    }
    status.setLastRound(round);
    status.setAddress(worst.getAddress());
    status.setAddressCount(null);
    status.setAddresses(List.of());
  }
}
