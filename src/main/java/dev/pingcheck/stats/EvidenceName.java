package dev.pingcheck.stats;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the file with the packets of a round is called: the same for everybody who has the report,
 * always. Names sort by time.
 *
 * @param time of the crossing, to the millisecond
 * @param round whose packets it holds
 */
public record EvidenceName(Instant time, RoundId round) {
  private static final Pattern FORM =
      Pattern.compile("([0-9]{8}T[0-9]{6}[.][0-9]{3}Z)-([0-9a-z]{1,63}-[0-9]{1,18})[.]pcapng");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  public EvidenceName {
    time = time.truncatedTo(ChronoUnit.MILLIS);
  }

  /** Of the file of a round. */
  public static EvidenceName of(RoundReport report) {
    return new EvidenceName(report.endTime(), report.id());
  }

  /** Reads what {@link #toString()} wrote; empty for a text of any other form. */
  public static Optional<EvidenceName> read(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    try {
      Instant time = TIME.parse(form.group(1), Instant::from);
      return RoundId.read(form.group(2)).map(round -> new EvidenceName(time, round));
    } catch (DateTimeException noSuchTime) {
      return Optional.empty();
    }
  }

  /** Such as {@code 20261125T033106.123Z-9f3c21aa-17.pcapng}: no path, whatever a probe says. */
  @Override
  public String toString() {
    return TIME.format(time) + "-" + round + ".pcapng";
  }
}
