package dev.pingcheck.stats;

/**
 * Names one round for ever.
 *
 * @param probe a random name that a probe gives itself at its start: lower-case hexadecimal digits
 * @param number counts the rounds of a check in that probe from 1; grows with each
 */
public record RoundId(String probe, long number) {

  /** Whether a report of this round says nothing new to someone who knows {@code other}. */
  public boolean isNotAfter(RoundId other) {
    return probe.equals(other.probe) && number <= other.number;
  }

  /** The form in which it stands in a status, such as {@code 9f3c21aa-17}. */
  @Override
  public String toString() {
    return probe + "-" + number;
  }

  /**
   * Reads what {@link #toString()} wrote.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  public static RoundId parse(String text) {
    int dash = text.lastIndexOf('-');
    if (dash < 1) {
      throw new IllegalArgumentException("not the id of a round: " + text);
    }
    return new RoundId(text.substring(0, dash), Long.parseLong(text.substring(dash + 1)));
  }
}
