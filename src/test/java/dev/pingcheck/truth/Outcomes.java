package dev.pingcheck.truth;

import dev.pingcheck.stats.LossReason;

/** What became of each request, an octet for each. */
final class Outcomes {
  private static final LossReason[] REASONS = LossReason.values();
  private static final byte OPEN = 0;
  private static final byte RECEIVED = 1;
  private static final byte LOST = 2;

  private final byte[] outcomes;

  Outcomes(int requests) {
    outcomes = new byte[requests];
  }

  boolean isOpen(int ordinal) {
    return outcomes[ordinal] == OPEN;
  }

  boolean isReceived(int ordinal) {
    return outcomes[ordinal] == RECEIVED;
  }

  void received(int ordinal) {
    outcomes[ordinal] = RECEIVED;
  }

  void lost(int ordinal, LossReason reason) {
    outcomes[ordinal] = (byte) (LOST + reason.ordinal());
  }

  boolean isSame(int ordinal, Outcomes other) {
    return outcomes[ordinal] == other.outcomes[ordinal];
  }

  int received() {
    int count = 0;
    for (byte outcome : outcomes) {
      count += outcome == RECEIVED ? 1 : 0;
    }
    return count;
  }

  String text(int ordinal) {
    byte outcome = outcomes[ordinal];
    return switch (outcome) {
      case OPEN -> "open";
      case RECEIVED -> "received";
      default -> "lost by " + REASONS[outcome - LOST];
    };
  }
}
