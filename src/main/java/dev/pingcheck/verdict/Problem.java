package dev.pingcheck.verdict;

import java.util.Optional;

/**
 * What can be wrong with a check, the gravest first. An open outage with this reason is the memory
 * that it is wrong; it opens and closes with the events named here.
 */
enum Problem {
  /** The name has no address. Its events go with the condition Resolved. */
  UNRESOLVED("ResolutionFailed", null, null),
  LOSS("LossThresholdExceeded", EventReason.LOSS_THRESHOLD_EXCEEDED, EventReason.LOSS_RECOVERED),
  RTT("RttThresholdExceeded", EventReason.RTT_THRESHOLD_EXCEEDED, EventReason.RTT_RECOVERED);

  private final String reason;
  private final EventReason opens;
  private final EventReason closes;

  Problem(String reason, EventReason opens, EventReason closes) {
    this.reason = reason;
    this.opens = opens;
    this.closes = closes;
  }

  /** The reason in the condition Healthy and in the outage. */
  String reason() {
    return reason;
  }

  Optional<EventReason> opens() {
    return Optional.ofNullable(opens);
  }

  Optional<EventReason> closes() {
    return Optional.ofNullable(closes);
  }
}
