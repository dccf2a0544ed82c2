package dev.pingcheck.stats;

import java.time.Duration;

/**
 * How a round got its addresses.
 *
 * @param state what happened
 * @param detail for STALE and FAILED one sentence that names the cause, else empty
 * @param age for STALE how old the addresses are, else zero
 */
public record Resolution(State state, String detail, Duration age) {

  /** What became of a name. */
  public enum State {
    /** The hostname is an address. */
    LITERAL,
    /** The resolver answered, or its answer is still within its time to live. */
    RESOLVED,
    /** The resolver failed; the last known addresses were used. */
    STALE,
    /** There is no address. */
    FAILED
  }

  public static Resolution literal() {
    return new Resolution(State.LITERAL, "", Duration.ZERO);
  }

  public static Resolution resolved() {
    return new Resolution(State.RESOLVED, "", Duration.ZERO);
  }

  public static Resolution stale(String detail, Duration age) {
    return new Resolution(State.STALE, detail, age);
  }

  public static Resolution failed(String detail) {
    return new Resolution(State.FAILED, detail, Duration.ZERO);
  }
}
