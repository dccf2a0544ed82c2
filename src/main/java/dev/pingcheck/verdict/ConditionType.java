package dev.pingcheck.verdict;

import java.util.Arrays;

/** The conditions of a PingCheck, in the order in which one depends on the other. */
public enum ConditionType {
  /** The spec can be and is carried out. */
  ACCEPTED("Accepted"),
  /** The hostname has an address. */
  RESOLVED("Resolved"),
  /** The last round had at least one reply. */
  REACHABLE("Reachable"),
  /** Loss and round-trip time are within the thresholds. */
  HEALTHY("Healthy"),
  /** Echo requests leave when they are due. */
  ON_SCHEDULE("OnSchedule");

  private final String text;

  ConditionType(String text) {
    this.text = text;
  }

  /** The name in the API. */
  public String text() {
    return text;
  }

  /** Whether a condition of this name is one of ours; others may stand beside them. */
  static boolean isOurs(String text) {
    return Arrays.stream(values()).anyMatch(type -> type.text.equals(text));
  }

  /**
   * The condition of that name in the API.
   *
   * @throws IllegalArgumentException if there is none
   */
  static ConditionType ofText(String text) {
    for (ConditionType type : values()) {
      if (type.text.equals(text)) {
        return type;
      }
    }
    throw new IllegalArgumentException("no condition of a PingCheck: " + text);
  }
}
