package dev.pingcheck.stats;

/** Packets that count neither as received nor as lost; see {@link Strays}. */
public enum StrayKind {
  LATE,
  DUPLICATE,
  CORRUPT,
  FOREIGN
}
