package dev.pingcheck.stats;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names one round for ever.
 *
 * @param probe a random name that a probe gives itself at its start: lower-case hexadecimal digits
 * @param number counts the rounds of a check in that probe from 1, in the order in which they end
 */
public record RoundId(String probe, long number) {
  private static final Pattern FORM = Pattern.compile("(.+)-([0-9]{1,18})");

  /** Whether a report of this round says nothing new to someone who knows {@code other}. */
  public boolean isNotAfter(RoundId other) {
    return probe.equals(other.probe) && number <= other.number;
  }

  /** The form in which it stands in a status, such as {@code 9f3c21aa-17}. */
  @Override
  public String toString() {
    return probe + "-" + number;
  }

  /** Reads what {@link #toString()} wrote; empty for a text of another form. */
  public static Optional<RoundId> read(String text) {
    Matcher form = FORM.matcher(text);
    return form.matches()
        ? Optional.of(new RoundId(form.group(1), Long.parseLong(form.group(2))))
        : Optional.empty();
  }
}
