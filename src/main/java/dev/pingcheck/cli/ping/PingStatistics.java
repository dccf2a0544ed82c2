package dev.pingcheck.cli.ping;

import dev.pingcheck.stats.Loss;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The figures of a whole ping, kept in constant space, and the summary in the form of iputils,
 * which scripts parse. Not thread safe.
 */
final class PingStatistics {
  private static final long MILLISECOND = 1_000_000;
  private static final long HALF_A_MILLISECOND = MILLISECOND / 2;

  /** A new round trip is an eighth of the moving average. */
  private static final int SMOOTHING = 8;

  private long transmitted;
  private long received;
  private long duplicates;
  private long corrupted;
  private long errors;
  private long timed;
  private int pipe;
  private double smoothed;
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
    timed++;
    smoothed = timed == 1 ? rtt : smoothed + (rtt - smoothed) / SMOOTHING;
    min = Math.min(min, rtt);
    max = Math.max(max, rtt);
    double distance = rtt - mean;
    mean += distance / timed;
    squares += distance * (rtt - mean);
  }

  /** A reply whose time cannot be told, as the wall clock was set meanwhile. */
  void receivedUntimed() {
    received++;
  }

  /**
   * Something came for a request.
   *
   * @param underWay how many requests had left since, itself included
   */
  void heard(int underWay) {
    pipe = Math.max(pipe, underWay);
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

  long transmittedCount() {
    return transmitted;
  }

  long receivedCount() {
    return received;
  }

  long duplicates() {
    return duplicates;
  }

  long corruptedCount() {
    return corrupted;
  }

  long errors() {
    return errors;
  }

  boolean hasTimes() {
    return timed > 0;
  }

  /** The shortest round trip in nanoseconds, if there is one. */
  long shortest() {
    return min;
  }

  /** The longest round trip in nanoseconds; 0 if there is none. */
  long longest() {
    return max;
  }

  /** Nanoseconds. */
  double average() {
    return mean;
  }

  /** The standard deviation in nanoseconds. */
  double deviation() {
    return timed == 0 ? 0 : Math.sqrt(squares / timed);
  }

  /**
   * The summary, without the final line break.
   *
   * @param elapsed nanoseconds from the first to the last request
   * @param flood whether the pace of the requests belongs to it
   */
  String summary(String host, long elapsed, boolean flood) {
    StringBuilder text = new StringBuilder();
    text.append("\n--- ").append(host).append(" ping statistics ---\n");
    text.append(transmitted).append(" packets transmitted, ");
    text.append(received).append(" received");
    appendIfAny(text, duplicates, "duplicates");
    appendIfAny(text, corrupted, "corrupted");
    appendIfAny(text, errors, "errors");
    if (transmitted > 0) {
      text.append(", ").append(lossPercent()).append("% packet loss, time ");
      text.append((elapsed + HALF_A_MILLISECOND) / MILLISECOND).append("ms");
    }
    return text.append('\n').append(String.join(", ", lastLine(elapsed, flood))).toString();
  }

  private List<String> lastLine(long elapsed, boolean flood) {
    List<String> parts = new ArrayList<>();
    if (hasTimes()) {
      parts.add("rtt min/avg/max/mdev = " + milliseconds(min, mean, max, deviation()) + " ms");
    }
    if (pipe > 1) {
      parts.add("pipe " + pipe);
    }
    if (flood && hasTimes() && transmitted > 1) {
      parts.add("ipg/ewma " + milliseconds(elapsed / (transmitted - 1.0), smoothed) + " ms");
    }
    return parts;
  }

  /** The figures so far, in one line. */
  String line() {
    int percent = Loss.percent((int) transmitted, (int) received);
    String counts = received + "/" + transmitted + " packets, " + percent + "% loss";
    return hasTimes()
        ? counts + ", min/avg/ewma/max = " + milliseconds(min, mean, smoothed, max) + " ms"
        : counts;
  }

  /** The figures as fping has them. */
  String shortSummary() {
    int percent = Loss.percent((int) transmitted, (int) received);
    String counts = "xmt/rcv/%loss = " + transmitted + "/" + received + "/" + percent + "%";
    return hasTimes()
        ? counts
            + ", min/avg/max = "
            + PingText.milliseconds(min)
            + "/"
            + PingText.milliseconds(Math.round(mean))
            + "/"
            + PingText.milliseconds(max)
        : counts;
  }

  private static String milliseconds(double... nanos) {
    return Arrays.stream(nanos)
        .mapToObj(each -> String.format(Locale.ROOT, "%.3f", each / MILLISECOND))
        .collect(Collectors.joining("/"));
  }

  /** As C's %g prints it: six significant digits without trailing zeros. */
  String lossPercent() {
    double percent = transmitted == 0 ? 0 : (transmitted - received) * 100.0 / transmitted;
    BigDecimal rounded = new BigDecimal(percent).round(new MathContext(6));
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  private static void appendIfAny(StringBuilder text, long count, String what) {
    if (count > 0) {
      text.append(", +").append(count).append(' ').append(what);
    }
  }
}
