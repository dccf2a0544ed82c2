package dev.pingcheck.log;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** One line an entry for people; a stack trace follows it, each of its lines moved in. */
public final class TextLines extends Formatter {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxx", Locale.ROOT);

  private final EntryText text;
  private final ZoneId zone;

  TextLines(EntryText text, ZoneId zone) {
    this.text = text;
    this.zone = zone;
  }

  @Override
  public String format(LogRecord entry) {
    StringBuilder line = new StringBuilder();
    line.append(TIME.format(entry.getInstant().atZone(zone)));
    line.append(" %-5s ".formatted(Entry.level(entry)));
    line.append(SafeText.of(Entry.sentence(text, entry)));
    line.append('\n');
    if (entry.getThrown() != null) {
      Entry.trace(entry.getThrown())
          .lines()
          .forEach(each -> {
            line.append("    ");
            line.append(SafeText.of(each.strip()));
            line.append('\n');
          });
    }
    return line.toString();
  }
}
