package dev.pingcheck.engine.socket;

/**
 * Why there is no socket of a family.
 *
 * @param family which one
 * @param cause the kind of reason
 * @param sentence for people: what is missing and what to do
 */
public record SocketRefusal(IpFamily family, Cause cause, String sentence) {

  /** Kinds of reasons. */
  public enum Cause {
    /** The right to open it is missing. */
    NOT_PERMITTED,
    /** This machine has no such family. */
    NOT_SUPPORTED,
    /** Anything else, such as too many open files. */
    FAILED
  }
}
