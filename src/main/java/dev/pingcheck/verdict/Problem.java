package dev.pingcheck.verdict;

import java.util.Arrays;
import java.util.Optional;

/**
 * What can be wrong with a check, the gravest first. An open outage with this reason is the memory
 * that it is wrong; it opens and closes with the events named here.
 */
enum Problem {
  /** The name has no address. */
  UNRESOLVED(EventReason.RESOLUTION_FAILED, EventReason.RESOLUTION_RESTORED),
  /** An address loses too much. */
  LOSS(EventReason.LOSS_THRESHOLD_EXCEEDED, EventReason.LOSS_RECOVERED),
  /** An address answers too slowly. */
  RTT(EventReason.RTT_THRESHOLD_EXCEEDED, EventReason.RTT_RECOVERED);

  private final EventReason opens;
  private final EventReason closes;

  Problem(EventReason opens, EventReason closes) {
    this.opens = opens;
    this.closes = closes;
  }

  /** The reason in the condition Healthy and in the outage: that of the event that opens it. */
  String reason() {
    return opens.text();
  }

  /** The one with this reason; none for another word. */
  static Optional<Problem> ofReason(String reason) {
    return Arrays.stream(values()).filter(problem -> problem.reason().equals(reason)).findFirst();
  }

  EventReason opens() {
    return opens;
  }

  EventReason closes() {
    return closes;
  }
}
