package dev.pingcheck.lab.tun;

/**
 * Is told what passes the far end of the device, on the responder's thread. Times are those of
 * {@link System#nanoTime}.
 */
public interface Witness {

  /** A request has come; it was sent before that time. */
  void arrived(int ordinal, long at);

  /**
   * A packet has been written.
   *
   * @param before a time before the kernel received it
   * @param after a time after the kernel received it
   */
  void emitted(Emission emission, long before, long after);
}
