package dev.pingcheck.truth;

import dev.pingcheck.stats.StrayKind;
import java.util.ArrayList;
import java.util.List;

/** How many strays of each kind came for each request: up to 255 of a kind. */
final class StrayCounts {
  private static final StrayKind[] KINDS = StrayKind.values();
  private static final long MOST = 0xff;

  /** An octet for each kind. */
  private final long[] counts;

  private final long[] totals = new long[KINDS.length];

  StrayCounts(int requests) {
    counts = new long[requests];
  }

  void add(int ordinal, StrayKind kind) {
    totals[kind.ordinal()]++;
    if (get(ordinal, kind) < MOST) {
      counts[ordinal] += 1L << shift(kind);
    }
  }

  long get(int ordinal, StrayKind kind) {
    return counts[ordinal] >>> shift(kind) & MOST;
  }

  /** Of that kind, for all requests together. */
  long total(StrayKind kind) {
    return totals[kind.ordinal()];
  }

  boolean isSame(int ordinal, StrayCounts other, StrayKind excepted) {
    long mask = ~(MOST << shift(excepted));
    return ((counts[ordinal] ^ other.counts[ordinal]) & mask) == 0;
  }

  /** Such as {@code 2 LATE}. */
  String text(int ordinal) {
    List<String> parts = new ArrayList<>();
    for (StrayKind kind : KINDS) {
      long count = get(ordinal, kind);
      if (count > 0) {
        parts.add(count + " " + kind);
      }
    }
    return parts.isEmpty() ? "no strays" : String.join(", ", parts);
  }

  private static int shift(StrayKind kind) {
    return kind.ordinal() * Byte.SIZE;
  }
}
