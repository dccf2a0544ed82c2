package dev.pingcheck.page.history;

import java.time.Instant;

/**
 * What is remembered of the checks for the page.
 *
 * <p>Thread safe.
 */
public record Past(RoundHistory rounds, EventHistory events) {

  /**
   * Without anything yet.
   *
   * @param start when it begins to be told
   */
  public static Past beginning(Instant start) {
    return new Past(new RoundHistory(RoundHistory.OCTETS), new EventHistory(start));
  }

  /** The check is gone. */
  public void forget(String uid) {
    rounds.forget(uid);
    events.forget(uid);
  }
}
