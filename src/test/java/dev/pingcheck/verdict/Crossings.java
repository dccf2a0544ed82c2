package dev.pingcheck.verdict;

import dev.pingcheck.crd.EffectiveThresholds;
import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.stats.RoundReport;
import java.util.Optional;

/** Verdicts for tests of those who tell them. */
public final class Crossings {
  private static final EffectiveThresholds DEFAULTS =
      new EffectiveThresholds(20, 20, Optional.empty(), 1, 1);

  private Crossings() {}

  /** A report of a good round. */
  public static RoundReport report(int round) {
    return Rounds.of(round, 4);
  }

  /** A report of a good round by another probe. */
  public static RoundReport reportBy(String probe, int round) {
    return Rounds.by(probe, Rounds.of(round, 4));
  }

  /** A round that loses everything. */
  public static Verdict loss(PingCheckStatus before, int round) {
    return Judge.round(before, 1, DEFAULTS, Rounds.of(round, 0));
  }

  /** A round that changes figures alone. */
  public static Verdict figures(PingCheckStatus before, int round) {
    return new Verdict(Judge.round(before, 1, DEFAULTS, Rounds.of(round, 4)).status(), false, true);
  }
}
