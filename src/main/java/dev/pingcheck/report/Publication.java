package dev.pingcheck.report;

import dev.pingcheck.crd.PingCheck;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What became of {@link Reporter#publish}. */
public sealed interface Publication {
  /**
   * What was due is told, or waits for its turn.
   *
   * @param again when to call again even if nothing happens; absent: when there is something new
   */
  record Told(Optional<Duration> again) implements Publication {}

  /**
   * Nothing was written: the check has changed meanwhile.
   *
   * @param now the check as it is
   * @param again the rounds to be judged again, in order, each by {@link Reporter#takeAgain}
   */
  record Overtaken(PingCheck now, List<Unsafe> again) implements Publication {}
}
