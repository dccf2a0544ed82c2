package dev.pingcheck.log;

import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/**
 * One JSON object (RFC 8259) an entry: time, level, logger, message, then the fields of its {@link
 * LogLine}, then the stack trace. All text is escaped, so that none begins a line of its own.
 */
public final class JsonLines extends Formatter {
  private final EntryText text;

  JsonLines(EntryText text) {
    this.text = text;
  }

  @Override
  public String format(LogRecord entry) {
    StringBuilder line = new StringBuilder("{");
    put(line, "time", entry.getInstant().truncatedTo(ChronoUnit.MILLIS).toString());
    put(line, "level", Entry.level(entry));
    put(line, "logger", String.valueOf(entry.getLoggerName()));
    put(line, "message", Entry.sentence(text, entry));
    for (Map.Entry<String, String> field : Entry.fields(text, entry).entrySet()) {
      put(line, field.getKey(), field.getValue());
    }
    if (entry.getThrown() != null) {
      put(line, "stackTrace", Entry.trace(entry.getThrown()));
    }
    return line.append("}\n").toString();
  }

  private static void put(StringBuilder line, String name, String value) {
    if (line.length() > 1) {
      line.append(',');
    }
    JsonText.quote(line, name);
    line.append(':');
    JsonText.quote(line, value);
  }
}
