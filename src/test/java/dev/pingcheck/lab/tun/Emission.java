package dev.pingcheck.lab.tun;

/**
 * A packet that is written to the prober's kernel.
 *
 * @param ordinal of the request that it is for, as far as one can see; {@link #NOBODY} if one
 *     cannot
 * @param nature what it is
 * @param packet its octets
 * @param delay nanoseconds from the arrival of the request that gave rise to it, at least 0
 */
public record Emission(int ordinal, Nature nature, Packet packet, long delay) {
  /** The packet is for no request, or for none that can be told. */
  public static final int NOBODY = -1;

  Emission after(long nanos) {
    return new Emission(ordinal, nature, packet, nanos);
  }
}
