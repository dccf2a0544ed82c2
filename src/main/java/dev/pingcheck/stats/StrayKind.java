package dev.pingcheck.stats;

/** Packets that count neither as received nor as lost. */
public enum StrayKind {
  /** Right in all, but after the timeout of its request. */
  LATE,
  /** A second answer to a request. */
  DUPLICATE,
  /** For a request by identifier and sequence, but with a wrong checksum or a changed payload. */
  CORRUPT,
  /** Ends before what its IP header says, or before what its request was. */
  TRUNCATED,
  /**
   * Pretends to be for a request that we know: from its address with a wrong cookie, or with its
   * cookie from another address; or an error that quotes it with a wrong destination or cookie.
   */
  FORGED,
  /** Bears an identifier of ours, and otherwise nothing of ours. */
  FOREIGN,
  /** A redirect that quotes a request of ours (RFC 792 p. 12, RFC 4861 section 4.5). */
  REDIRECT
}
