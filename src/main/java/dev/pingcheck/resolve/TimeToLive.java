package dev.pingcheck.resolve;

import java.time.Duration;

/** For how long an answer is good, whatever the server says. */
final class TimeToLive {
  /** A time to live of 0 must not mean a question for each echo. */
  static final Duration FLOOR = Duration.ofSeconds(5);

  /** A time to live of days must not hide a change. */
  static final Duration CEILING = Duration.ofMinutes(5);

  /** A name that was just made should be found soon. */
  static final Duration NEGATIVE_CEILING = Duration.ofSeconds(30);

  /** After a failure: many checks of a name must not each ask a broken server. */
  static final Duration FAILURE = FLOOR;

  /** The routes that decide between several addresses may change unnoticed so long. */
  static final Duration ROUTES = Duration.ofSeconds(15);

  private TimeToLive() {}

  static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
