package dev.pingcheck.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/**
 * The figures of a whole ping, kept in constant space, and the summary in the form of iputils,
 * which scripts parse. Not thread safe.
 */
final class PingStatistics {
  private long transmitted;
  private long received;
  private long duplicates;
  private long corrupted;
  private long errors;
  private long min = Long.MAX_VALUE;
  private long max;
  private double mean;
  private double squares;

  void transmitted() {
    transmitted++;
  }

  /**
   * @param rtt nanoseconds
   */
  void received(long rtt) {
    received++;
    min = Math.min(min, rtt);
    max = Math.max(max, rtt);
    double distance = rtt - mean;
    mean += distance / received;
    squares += distance * (rtt - mean);
  }

  void duplicate() {
    duplicates++;
  }

  void corrupted() {
    corrupted++;
  }

  void error() {
    errors++;
  }

  boolean hasReplies() {
    return received > 0;
  }

  /**
   * The summary, without the final line break.
   *
   * @param elapsed nanoseconds since the first request
   */
  String summary(String host, long elapsed) {
    StringBuilder text = new StringBuilder();
    text.append("\n--- ").append(host).append(" ping statistics ---\n");
    text.append(transmitted).append(" packets transmitted, ");
    text.append(received).append(" received");
    appendIfAny(text, duplicates, "duplicates");
    appendIfAny(text, corrupted, "corrupted");
    appendIfAny(text, errors, "errors");
    if (transmitted > 0) {
      text.append(", ").append(lossPercent()).append("% packet loss, time ");
      text.append(elapsed / 1_000_000).append("ms");
    }
    text.append('\n');
    if (received > 0) {
      text.append(
          String.format(
              Locale.ROOT,
              "rtt min/avg/max/mdev = %.3f/%.3f/%.3f/%.3f ms",
              min / 1e6,
              mean / 1e6,
              max / 1e6,
              Math.sqrt(squares / received) / 1e6));
    }
    return text.toString();
  }

  /** As C's %g prints it: six significant digits without trailing zeros. */
  private String lossPercent() {
    double percent = (transmitted - received) * 100.0 / transmitted;
    BigDecimal rounded = new BigDecimal(percent).round(new MathContext(6));
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  private static void appendIfAny(StringBuilder text, long count, String what) {
    if (count > 0) {
      text.append(", +").append(count).append(' ').append(what);
    }
  }
}
