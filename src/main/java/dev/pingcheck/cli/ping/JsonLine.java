package dev.pingcheck.cli.ping;

import dev.pingcheck.log.JsonText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** One JSON object (RFC 8259) on one line, written field by field. */
final class JsonLine {
  private static final int NANOSECOND_DIGITS = 6;

  private final StringBuilder text = new StringBuilder("{");

  /**
   * @param event which kind of line it is
   */
  JsonLine(String event, Instant time) {
    put("event", event);
    put("time", time.truncatedTo(ChronoUnit.MICROS).toString());
  }

  JsonLine put(String name, String value) {
    JsonText.quote(name(name), value);
    return this;
  }

  JsonLine put(String name, long value) {
    name(name).append(value);
    return this;
  }

  JsonLine put(String name, boolean value) {
    name(name).append(value);
    return this;
  }

  /** Nanoseconds, written as milliseconds. */
  JsonLine putMilliseconds(String name, double nanos) {
    BigDecimal ms = BigDecimal.valueOf(Math.round(nanos)).movePointLeft(NANOSECOND_DIGITS);
    name(name).append(ms.setScale(NANOSECOND_DIGITS, RoundingMode.HALF_UP).toPlainString());
    return this;
  }

  /** A number that is written in JSON's form already. */
  JsonLine putNumber(String name, String number) {
    name(name).append(number);
    return this;
  }

  @Override
  public String toString() {
    return text + "}";
  }

  private StringBuilder name(String name) {
    if (text.length() > 1) {
      text.append(',');
    }
    return text.append('"').append(name).append("\":");
  }
}
