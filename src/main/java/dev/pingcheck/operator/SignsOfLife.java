package dev.pingcheck.operator;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.plan.ProbePlan.Timing;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * When each check was last heard of, and how long to wait before that is silence.
 *
 * <p>Thread safe.
 */
final class SignsOfLife {
  /** Without a report for this many periods, and the length of a round, a check is silent. */
  private static final int SILENT_PERIODS = 3;

  /** A link that was broken may take this long to come back; that alone is no silence. */
  private static final Duration LEAST_PATIENCE = Duration.ofSeconds(15);

  /**
   * The last sign of life of a check.
   *
   * @param at monotonic nanoseconds
   * @param delay how late its requests left
   */
  private record Heard(long at, Duration delay) {}

  private final Clock clock;
  private final LongSupplier listensSince;
  private final Map<String, Heard> lastHeard = new ConcurrentHashMap<>();

  /**
   * @param listensSince since when silence means anything, in monotonic nanoseconds
   */
  SignsOfLife(Clock clock, LongSupplier listensSince) {
    this.clock = clock;
    this.listensSince = listensSince;
  }

  /**
   * A check is heard of now.
   *
   * @param delay how late its requests left
   */
  void heard(String uid, Duration delay) {
    lastHeard.put(uid, new Heard(clock.nanoTime(), delay));
  }

  /** From now on at the latest something is to be heard. */
  void listen(String uid) {
    lastHeard.putIfAbsent(uid, new Heard(clock.nanoTime(), Duration.ZERO));
  }

  void forget(String uid) {
    lastHeard.remove(uid);
  }

  /** Of how many checks something is known here. */
  int size() {
    return lastHeard.size();
  }

  /** For how long nothing was heard; zero if nobody has listened yet. */
  Duration silence(String uid) {
    Heard heard = lastHeard.get(uid);
    long now = clock.nanoTime();
    return heard == null
        ? Duration.ZERO
        : Duration.ofNanos(Math.min(now - heard.at(), now - listensSince.getAsLong()));
  }

  /**
   * From when on that is silence: a report comes when its last echo is settled, and the first round
   * waits for its phase.
   */
  Duration patience(String uid, Timing timing) {
    Duration round = timing.interval().multipliedBy(timing.count() - 1L).plus(timing.timeout());
    Heard heard = lastHeard.get(uid);
    // A probe whose budget slows it down is slow, and not silent.
    Duration apart = heard == null ? timing.period() : timing.period().plus(heard.delay());
    Duration patience = apart.multipliedBy(SILENT_PERIODS).plus(round);
    return patience.compareTo(LEAST_PATIENCE) < 0 ? LEAST_PATIENCE : patience;
  }
}
