package dev.pingcheck.stats;

/**
 * Packets that came for a check but are no answer to count, each at least 0.
 *
 * @param late right in all, but after the timeout of its request
 * @param duplicate a second answer to a request
 * @param corrupt for us by its identifier, but with a wrong checksum, length or payload
 * @param foreign for us by its identifier, but with a wrong source, sequence or cookie
 */
public record Strays(int late, int duplicate, int corrupt, int foreign) {
  public static final Strays NONE = new Strays(0, 0, 0, 0);
}
