package dev.pingcheck.log;

import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

/** What a record of some logging library says. */
public interface EntryText {

  /** As java.util.logging has it. */
  EntryText PLAIN =
      new EntryText() {
        private final Formatter words = new SimpleFormatter();

        @Override
        public String message(LogRecord entry) {
          return String.valueOf(words.formatMessage(entry));
        }

        @Override
        public Map<String, String> context(LogRecord entry) {
          return Map.of();
        }
      };

  /** The message with its parameters. */
  String message(LogRecord entry);

  /** What was said beside it, such as the resource that a thread works on. */
  Map<String, String> context(LogRecord entry);
}
