package dev.pingcheck.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LogLinesTest {
  private static final Instant AT = Instant.parse("2026-03-01T10:00:00.123456789Z");

  private static final LogLine LINE =
      LogLine.about("prod", "gateway", "u-1", "prod/gateway: Healthy True to False.")
          .with("round", "9f3c-17")
          .with("also", "");

  private final Formatter json = new JsonLines(EntryText.PLAIN);
  private final Formatter text = new TextLines(EntryText.PLAIN, ZoneOffset.UTC);

  private static LogRecord entry(Level level, String message, Object... parameters) {
    LogRecord entry = new LogRecord(level, message);
    entry.setInstant(AT);
    entry.setLoggerName("dev.pingcheck.report.Transitions");
    entry.setParameters(parameters.length == 0 ? null : parameters);
    return entry;
  }

  @Test
  void jsonHasTheFieldsInTheirOrderAndNoEmptyOne() {
    assertThat(json.format(entry(Level.INFO, LogLine.FORMAT, LINE)))
        .isEqualTo(
            "{\"time\":\"2026-03-01T10:00:00.123Z\",\"level\":\"INFO\","
                + "\"logger\":\"dev.pingcheck.report.Transitions\","
                + "\"message\":\"prod/gateway: Healthy True to False.\","
                + "\"namespace\":\"prod\",\"name\":\"gateway\",\"uid\":\"u-1\","
                + "\"round\":\"9f3c-17\"}\n");
  }

  @Test
  void textHasTheSentenceAlone() {
    assertThat(text.format(entry(Level.INFO, LogLine.FORMAT, LINE)))
        .isEqualTo("2026-03-01T10:00:00.123+0000 INFO  prod/gateway: Healthy True to False.\n");
  }

  @Test
  void textOfOthersForgesNoLineAndSteersNoTerminal() {
    String forged = "x\n2026-03-01T10:00:00.123+0000 ERROR all is lost\u001b[2J\u202e\u2028'{0}";
    assertThat(text.format(entry(Level.WARNING, LogLine.FORMAT, LogLine.of(forged))))
        .isEqualTo(
            "2026-03-01T10:00:00.123+0000 WARN  x\\u{a}2026-03-01T10:00:00.123+0000 ERROR all is"
                + " lost\\u{1b}[2J\\u{202e}\\u{2028}'{0}\n");
    assertThat(json.format(entry(Level.WARNING, LogLine.FORMAT, LogLine.of(forged))))
        .contains(
            "\"message\":\"x\\n2026-03-01T10:00:00.123+0000 ERROR all is"
                + " lost\\u001b[2J\\u202e\\u2028'{0}\"")
        .hasLineCount(1);
    assertThat(json.format(entry(Level.INFO, LogLine.FORMAT, LogLine.of("a\"b\\c"))))
        .contains("\"message\":\"a\\\"b\\\\c\"");
  }

  @Test
  void messagesOfOthersHaveTheirParameters() {
    assertThat(text.format(entry(Level.SEVERE, "The {0} ICMP socket broke.", "IPV4")))
        .isEqualTo("2026-03-01T10:00:00.123+0000 ERROR The IPV4 ICMP socket broke.\n");
    assertThat(text.format(entry(Level.FINE, "no parameter {0}")))
        .isEqualTo("2026-03-01T10:00:00.123+0000 DEBUG no parameter {0}\n");
  }

  @Test
  void aStackTraceIsMovedInOrAFieldAndCannotForgeALineEither() {
    LogRecord entry = entry(Level.SEVERE, "A fault.");
    IllegalStateException thrown = new IllegalStateException("bad\nERROR forged");
    thrown.setStackTrace(new StackTraceElement[] {new StackTraceElement("A", "b", "A.java", 7)});
    entry.setThrown(thrown);
    assertThat(text.format(entry))
        .isEqualTo(
            """
            2026-03-01T10:00:00.123+0000 ERROR A fault.
                java.lang.IllegalStateException: bad
                ERROR forged
                at A.b(A.java:7)
            """);
    assertThat(json.format(entry))
        .contains(
            "\"stackTrace\":\"java.lang.IllegalStateException: bad\\nERROR forged\\n\\u0009at"
                + " A.b(A.java:7)\\n\"")
        .hasLineCount(1);
  }

  @Test
  void autoIsJsonInAPodAndTextElsewhereAndOnATerminal() {
    assertThat(LogFormat.AUTO.formatter(EntryText.PLAIN, false, true))
        .isInstanceOf(JsonLines.class);
    assertThat(LogFormat.AUTO.formatter(EntryText.PLAIN, true, true)).isInstanceOf(TextLines.class);
    assertThat(LogFormat.AUTO.formatter(EntryText.PLAIN, false, false))
        .isInstanceOf(TextLines.class);
    assertThat(LogFormat.JSON.formatter(EntryText.PLAIN, true, false))
        .isInstanceOf(JsonLines.class);
    assertThat(LogFormat.TEXT.formatter(EntryText.PLAIN, false, true))
        .isInstanceOf(TextLines.class);
  }

  @Test
  void outputWritesWholeLinesInUtf8() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LogOutput output = new LogOutput(out, text);
    output.publish(entry(Level.INFO, "45 µs"));
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("2026-03-01T10:00:00.123+0000 INFO  45 µs\n");
  }
}
