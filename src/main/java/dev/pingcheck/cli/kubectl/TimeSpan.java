package dev.pingcheck.cli.kubectl;

import dev.pingcheck.crd.Durations;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A duration as ping takes it, a number of seconds, or as a spec does, such as 200ms. */
final class TimeSpan implements ITypeConverter<Duration> {
  @Override
  public Duration convert(String text) {
    return Durations.parse(text)
        .or(() -> Durations.parse(text + "s"))
        .orElseThrow(() ->
            new TypeConversionException(
                "'" + text + "' is no time: write seconds such as 0.2, or a duration as 200ms"));
  }

  /** For people: the two largest units, such as {@code 3m12s}, {@code 2d4h}, {@code 0s}. */
  static String text(Duration duration) {
    if (duration.isNegative()) {
      return "0s";
    }
    long days = duration.toDays();
    if (days > 0) {
      return days + "d" + duration.toHoursPart() + "h";
    }
    if (duration.toHours() > 0) {
      return duration.toHours() + "h" + duration.toMinutesPart() + "m";
    }
    return duration.toMinutes() > 0
        ? duration.toMinutes() + "m" + duration.toSecondsPart() + "s"
        : duration.toSeconds() + "s";
  }
}
