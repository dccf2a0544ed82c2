package dev.pingcheck.page.history;

import java.util.Optional;

/**
 * The rounds that began in one span of time.
 *
 * @param start when the span began, in seconds since 1970
 * @param sent settled echo requests to all addresses from all nodes; 0: there was no address
 * @param lost how many of them were lost
 * @param rtt how the round-trip times of the others are spread; empty if none is known
 */
public record Slot(long start, int sent, int lost, Optional<Spread> rtt) {

  /** This and what came later in the same span, together. */
  Slot with(Slot later) {
    Optional<Spread> both =
        rtt.isPresent() && later.rtt.isPresent()
            ? Optional.of(
                rtt.get().with(later.rtt.get(), Math.max(1, received()), later.received()))
            : rtt.or(() -> later.rtt);
    return new Slot(start, sent + later.sent, lost + later.lost, both);
  }

  private long received() {
    return sent - lost;
  }

  /** The same, of a span that began then. */
  Slot from(long newStart) {
    return new Slot(newStart, sent, lost, rtt);
  }
}
