package dev.pingcheck.stats;

/** Counts strays. Not thread safe. */
public final class StrayTally {
  private static final StrayKind[] KINDS = StrayKind.values();

  private final int[] counts = new int[KINDS.length];

  public void add(StrayKind kind) {
    counts[kind.ordinal()]++;
  }

  /** Takes over what another tally has counted, and empties that one. */
  public void drain(StrayTally other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
      other.counts[i] = 0;
    }
  }

  /** What was counted so far. */
  public Strays toStrays() {
    Strays strays = Strays.NONE;
    for (StrayKind kind : KINDS) {
      strays = strays.and(kind, counts[kind.ordinal()]);
    }
    return strays;
  }
}
