package dev.pingcheck.stats;

import java.time.Duration;

/**
 * How a round got its addresses.
 *
 * @param state what happened
 * @param detail for STALE, FAILED and FORBIDDEN one sentence that names the cause; else empty, or
 *     what was left out, and why: addresses that a policy forbids, or a family that has none
 * @param age for STALE how old the addresses are, else zero
 * @param addressesLeftOut how many addresses of the name the round did not ping although the check
 *     asks for all
 */
public record Resolution(State state, String detail, Duration age, int addressesLeftOut) {

  /**
   * @throws IllegalArgumentException if less than no address was left out
   */
  public Resolution {
    if (addressesLeftOut < 0) {
      throw new IllegalArgumentException(addressesLeftOut + " addresses left out");
    }
  }

  /** What became of a name. */
  public enum State {
    /** The hostname is an address. */
    LITERAL,
    /** The resolver answered, or its answer is still within its time to live. */
    RESOLVED,
    /** The resolver failed; the last known addresses were used. */
    STALE,
    /** There is no address. */
    FAILED,
    /** There are addresses, and a policy forbids them all. */
    FORBIDDEN
  }

  public static Resolution literal() {
    return new Resolution(State.LITERAL, "", Duration.ZERO, 0);
  }

  public static Resolution resolved() {
    return new Resolution(State.RESOLVED, "", Duration.ZERO, 0);
  }

  public static Resolution stale(String detail, Duration age) {
    return new Resolution(State.STALE, detail, age, 0);
  }

  public static Resolution failed(String detail) {
    return new Resolution(State.FAILED, detail, Duration.ZERO, 0);
  }

  /** The same, with so many addresses that were not pinged. */
  public Resolution leavingOut(int addresses) {
    return addresses == addressesLeftOut ? this : new Resolution(state, detail, age, addresses);
  }

  public static Resolution forbidden(String detail) {
    return new Resolution(State.FORBIDDEN, detail, Duration.ZERO, 0);
  }

  /**
   * The same, telling besides that something was left out.
   *
   * @param what which addresses or which family, and why, as the end of a sentence
   */
  public Resolution without(String what) {
    String told = (detail + " Not pinged: " + what + ".").strip();
    return new Resolution(state, told, age, addressesLeftOut);
  }
}
