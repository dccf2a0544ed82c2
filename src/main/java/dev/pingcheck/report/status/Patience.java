package dev.pingcheck.report.status;

import dev.pingcheck.clock.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What the API server asked for when it refused a call with 429 Too Many Requests: how long nothing
 * that can wait should be sent (RFC 9110 section 10.2.3, Retry-After).
 *
 * <p>Thread safe.
 */
public final class Patience {

  /** The longest that is believed; a figure in a header is nobody's promise. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private static final Duration LEAST = Duration.ofMillis(100);
  private static final Duration UNTOLD = Duration.ofSeconds(1);

  private final Clock clock;
  private boolean asked;
  private long until;

  public Patience(Clock clock) {
    this.clock = clock;
  }

  /**
   * The API server has refused a call for now.
   *
   * @param retryAfter the header's value in seconds; another form, or none, counts as one second
   */
  public synchronized void ask(String retryAfter) {
    Duration wait = read(retryAfter);
    long end = clock.nanoTime() + wait.toNanos();
    if (!asked || end - until > 0) {
      until = end;
    }
    asked = true;
  }

  /** How long to hold still from now on; zero most of the time. */
  public synchronized Duration left() {
    if (!asked) {
      return Duration.ZERO;
    }
    long nanos = until - clock.nanoTime();
    if (nanos <= 0) {
      asked = false;
      return Duration.ZERO;
    }
    return Duration.ofNanos(nanos);
  }

  /**
   * When somebody whose call was refused may try again: after the time that was asked for and,
   * since many were refused together, up to as much again.
   */
  public Duration forOne() {
    Duration left = left();
    long nanos = Math.max(left.toNanos(), LEAST.toNanos());
    return Duration.ofNanos((long) (nanos * (1 + ThreadLocalRandom.current().nextDouble())));
  }

  private static Duration read(String retryAfter) {
    if (retryAfter == null || !retryAfter.matches("[0-9]{1,6}")) {
      return UNTOLD;
    }
    Duration told = Duration.ofSeconds(Long.parseLong(retryAfter));
    if (told.isZero()) {
      return UNTOLD;
    }
    return told.compareTo(LONGEST) < 0 ? told : LONGEST;
  }
}
