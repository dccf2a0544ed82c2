package dev.pingcheck.stats;

import java.util.Objects;

/**
 * Whether the packets of a round can be asked for.
 *
 * @param state the one word
 * @param detail of what is missing: one sentence that says why and what to do; else empty
 */
public record Evidence(State state, String detail) {

  /** Of a round that lost nothing, or whose check asks for no capture. */
  public static final Evidence NONE = new Evidence(State.NONE, "");

  /** The probe has the packets for a while. */
  public static final Evidence HELD = new Evidence(State.HELD, "");

  /** The one word. */
  public enum State {
    NONE,
    HELD,
    MISSING
  }

  public Evidence {
    Objects.requireNonNull(state);
    Objects.requireNonNull(detail);
  }

  /** There are no packets although they are asked for. */
  public static Evidence missing(String detail) {
    return new Evidence(State.MISSING, detail);
  }
}
