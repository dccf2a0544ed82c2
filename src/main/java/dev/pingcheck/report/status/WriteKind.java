package dev.pingcheck.report.status;

/** What a write of a status is for. */
public enum WriteKind {
  /** A condition has crossed, or a spec that was told of has changed: it waits for nobody. */
  TRANSITION,
  /** The first good round of a check, or why there will be none. */
  FIRST,
  /** Words that a round will replace soon: the check is accepted, or nothing but words changed. */
  WORDS,
  /** Figures alone. */
  FIGURES
}
