package dev.pingcheck.cli.kubectl;

import java.time.Instant;
import java.util.Comparator;

/** In which order {@code top} lists checks; those that are equal, by namespace and name. */
enum RowOrder {
  /** From the worst state to the best; within one by loss, then by round-trip time. */
  WORST(
      Comparator.comparing(CheckRow::state)
          .thenComparing(RowOrder::loss, Comparator.reverseOrder())
          .thenComparing(RowOrder::rtt, Comparator.reverseOrder())),
  /** The most lost first. */
  LOSS(Comparator.comparing(RowOrder::loss, Comparator.reverseOrder())),
  /** The slowest first. */
  RTT(Comparator.comparing(RowOrder::rtt, Comparator.reverseOrder())),
  /** What turned last first. */
  SINCE(
      Comparator.comparing(
          row -> row.since().orElse(Instant.EPOCH), Comparator.<Instant>reverseOrder())),
  /** By namespace and name alone. */
  NAME(Comparator.comparing(row -> 0));

  private final Comparator<CheckRow> order;

  RowOrder(Comparator<CheckRow> order) {
    this.order = order.thenComparing(CheckRow::namespace).thenComparing(CheckRow::name);
  }

  Comparator<CheckRow> comparator() {
    return order;
  }

  private static int loss(CheckRow row) {
    return row.loss().orElse(-1);
  }

  private static long rtt(CheckRow row) {
    return row.rtt().orElse(-1L);
  }
}
