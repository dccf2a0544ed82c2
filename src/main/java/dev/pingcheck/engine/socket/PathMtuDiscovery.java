package dev.pingcheck.engine.socket;

/** What becomes of packets that are greater than the path's MTU (RFC 1191, man 7 ip). */
public enum PathMtuDiscovery {
  /** May be fragmented by anyone: never bears DF. */
  DONT,
  /** Bears DF where it fits into the MTU as it is known, else is fragmented on this machine. */
  WANT,
  /** Bears DF, and is not sent where it does not fit into the MTU as it is known. */
  DO,
  /** Bears DF, and is sent even where a router has told of a smaller MTU. */
  PROBE
}
