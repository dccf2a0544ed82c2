package dev.pingcheck.engine.socket;

/**
 * How a packet is sent. Packets in a row that share one object go out by one system call.
 *
 * @param ttl time to live or hop limit, 1 to 255
 * @param trafficClass the whole octet, 0 to 255: the differentiated services code point in the
 *     upper six bits (RFC 2474), ECN in the lower two (RFC 3168)
 * @param discovery whether it may be fragmented
 * @param origin where it starts
 */
public record SendOptions(int ttl, int trafficClass, PathMtuDiscovery discovery, Origin origin) {
  /** A hop limit as most hosts use it, and nothing else of note. */
  public static final SendOptions DEFAULT =
      new SendOptions(64, 0, PathMtuDiscovery.DONT, Origin.ANY);
}
