package dev.pingcheck.crd;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Go writes them, which is how Kubernetes users know them. */
public final class Durations {
  private static final Map<String, Long> NANOS_OF_UNIT =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "µs", 1_000L, // U+00B5, the micro sign
          "μs", 1_000L, // U+03BC, the Greek letter
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L);

  /** No part is longer than what a useful duration has, so that parsing takes bounded time. */
  private static final int MAX_LENGTH = 64;

  private static final Pattern PART =
      Pattern.compile("([0-9]+[.]?[0-9]*|[.][0-9]+)(ns|us|µs|μs|ms|s|m|h)");
  private static final BigInteger LONGEST = BigInteger.valueOf(Long.MAX_VALUE);

  private Durations() {}

  /**
   * Reads what Go's {@code time.ParseDuration} reads: an optional sign, then numbers with an
   * optional fraction and a unit each, such as {@code 1h2m3.5s}, {@code -100ms} or {@code .5s}; and
   * a lone {@code 0}. What is below a nanosecond is cut off, part by part.
   *
   * @return empty for any other text, and for what is longer than 2^63-1 ns (292 years)
   */
  public static Optional<Duration> parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    boolean negative = text.startsWith("-");
    String parts = negative || text.startsWith("+") ? text.substring(1) : text;
    if (parts.equals("0")) {
      return Optional.of(Duration.ZERO);
    }
    return nanos(parts).map(nanos -> Duration.ofNanos(negative ? -nanos : nanos));
  }

  private static Optional<Long> nanos(String parts) {
    Matcher part = PART.matcher(parts);
    BigInteger sum = BigInteger.ZERO;
    int end = 0;
    while (part.find() && part.start() == end) {
      end = part.end();
      BigDecimal unit = BigDecimal.valueOf(NANOS_OF_UNIT.get(part.group(2)));
      sum = sum.add(new BigDecimal(part.group(1)).multiply(unit).toBigInteger());
    }
    boolean whole = end > 0 && end == parts.length();
    return whole && sum.compareTo(LONGEST) <= 0 ? Optional.of(sum.longValue()) : Optional.empty();
  }

  /**
   * A measured time as it stands in a status: the largest of the units ns, µs, ms and s in which it
   * is at least 1, rounded to three decimals (halves up), without trailing zeros, such as {@code
   * 1.234ms}, {@code 45.1µs}, {@code 12s}, {@code 0s}. What rounds to 1000 of a unit is 1 of the
   * next.
   *
   * @param nanos at least 0
   * @throws IllegalArgumentException if negative
   */
  public static String format(long nanos) {
    if (nanos < 0) {
      throw new IllegalArgumentException("negative: " + nanos);
    }
    if (nanos == 0) {
      return "0s";
    }
    String[] units = {"ns", "µs", "ms", "s"};
    BigDecimal thousand = BigDecimal.valueOf(1000);
    int unit = 0;
    BigDecimal exact = BigDecimal.valueOf(nanos);
    while (unit < 3 && exact.setScale(3, RoundingMode.HALF_UP).compareTo(thousand) >= 0) {
      exact = exact.movePointLeft(3);
      unit++;
    }
    return plain(exact.setScale(3, RoundingMode.HALF_UP)) + units[unit];
  }

  /**
   * A duration without loss, as short as {@link #parse} reads it back: hours, minutes and seconds,
   * those that are 0 left out, and below a second the unit of {@link #format}, such as {@code 30s},
   * {@code 1h30m}, {@code 1.5s}, {@code 10.5ms}, {@code 0s}.
   *
   * @param duration at least zero
   * @throws IllegalArgumentException if negative
   */
  public static String exact(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("negative: " + duration);
    }
    if (duration.getSeconds() == 0) {
      return belowSecond(duration.getNano());
    }
    StringBuilder text = new StringBuilder();
    if (duration.toHours() > 0) {
      text.append(duration.toHours()).append('h');
    }
    if (duration.toMinutesPart() > 0) {
      text.append(duration.toMinutesPart()).append('m');
    }
    BigDecimal seconds =
        BigDecimal.valueOf(duration.getNano(), 9).add(BigDecimal.valueOf(duration.toSecondsPart()));
    if (seconds.signum() > 0) {
      text.append(plain(seconds)).append('s');
    }
    return text.toString();
  }

  private static String belowSecond(int nanos) {
    if (nanos == 0) {
      return "0s";
    }
    if (nanos < 1_000) {
      return nanos + "ns";
    }
    return nanos < 1_000_000
        ? plain(BigDecimal.valueOf(nanos, 3)) + "µs"
        : plain(BigDecimal.valueOf(nanos, 6)) + "ms";
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }
}
