package dev.pingcheck.lab.tun;

/** What a packet is in truth. */
public enum Nature {
  /** The right reply, also a second one or one that comes late. */
  GENUINE,
  /** The right reply of a short time ago, again. */
  REPLAYED,
  /** The right reply to a request of so long ago that nobody needs to remember it. */
  FORGOTTEN,
  /** An ICMP error that quotes the request rightly, as far as it quotes it. */
  ERROR,
  /** A redirect that quotes the request rightly. */
  REDIRECT,
  /** A reply with a wrong checksum or another payload. */
  CORRUPT,
  /** A reply that is shorter than its request. */
  TRUNCATED,
  /** A reply or an error that somebody made up for a request of which he knows something. */
  FORGED,
  /** A reply with an identifier of the prober and nothing else of it. */
  FOREIGN,
  /** Nothing that concerns the prober, or that it could read. */
  NOTHING
}
