package dev.pingcheck.engine;

/**
 * Measures from a request's departure to its reply's arrival. Where the kernel has stamped both,
 * the difference is the network's, whatever this process was doing meanwhile; both stamps are of
 * the wall clock, and a step of it between them makes the sample void. Where a stamp is missing the
 * monotonic clock serves, read right before the request was handed over.
 */
final class RoundTripTimer {
  /** What reading two clocks one after another, and a batch that leaves in a row, can explain. */
  private static final long TOLERANCE = 1_000_000;

  private final ArrivalClock clock;
  private final EngineCounters counters;

  RoundTripTimer(ArrivalClock clock, EngineCounters counters) {
    this.clock = clock;
    this.counters = counters;
  }

  /** Fills in the round-trip time of a reply to that request. */
  void measure(Echo echo, Arrival arrival) {
    boolean stamped = arrival.stamp != 0;
    arrival.kernelTimed = false;
    arrival.hasRtt = true;
    if (stamped && echo.sentStamp != 0) {
      arrival.rtt = arrival.stamp - echo.sentStamp;
      // The request left after it was handed over, and the reply came before it was read.
      boolean possible = arrival.rtt >= 0 && arrival.rtt <= clock.nanos() - echo.sentAt + TOLERANCE;
      arrival.kernelTimed = possible && !clock.hasSteppedSince(echo.sentAt);
      arrival.hasRtt = arrival.kernelTimed;
    } else if (stamped && !arrival.trusted) {
      arrival.hasRtt = false;
    } else {
      arrival.rtt = Math.max(0, arrival.nanos - echo.sentAt);
    }
  }

  /** Counts what {@link #measure} has found, for a reply that is received. */
  void count(Arrival arrival) {
    if (!arrival.hasRtt) {
      counters.stampsDiscarded.increment();
    } else if (arrival.kernelTimed) {
      counters.kernelTimed.increment();
    }
  }

  /**
   * Whether the reply came within the request's timeout. Where that cannot be known, because the
   * clock was set while this process stood still, the reply has the benefit of the doubt.
   */
  boolean isInTime(Echo echo, Arrival arrival) {
    return arrival.kernelTimed
        ? arrival.rtt <= echo.timeout
        : arrival.earliest - echo.sentAt <= echo.timeout;
  }
}
