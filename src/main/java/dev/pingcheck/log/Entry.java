package dev.pingcheck.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** The parts of an entry that both forms write. */
final class Entry {
  private Entry() {}

  /** ERROR, WARN, INFO or DEBUG, as people know them, whichever library it comes from. */
  static String level(LogRecord entry) {
    int level = entry.getLevel().intValue();
    if (level >= Level.SEVERE.intValue()) {
      return "ERROR";
    }
    if (level >= Level.WARNING.intValue()) {
      return "WARN";
    }
    return level >= Level.INFO.intValue() ? "INFO" : "DEBUG";
  }

  static String sentence(EntryText text, LogRecord entry) {
    return line(entry) == null ? String.valueOf(text.message(entry)) : line(entry).sentence();
  }

  /** Those of its own line, else what was said beside it. */
  static Map<String, String> fields(EntryText text, LogRecord entry) {
    return line(entry) == null ? text.context(entry) : line(entry).fields();
  }

  private static LogLine line(LogRecord entry) {
    Object[] parameters = entry.getParameters();
    return parameters != null && parameters.length == 1 && parameters[0] instanceof LogLine line
        ? line
        : null;
  }

  static String trace(Throwable thrown) {
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace, true));
    return trace.toString();
  }
}
