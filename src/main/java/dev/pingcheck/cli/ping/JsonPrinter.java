package dev.pingcheck.cli.ping;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.engine.Arrival;
import dev.pingcheck.engine.Echo;
import dev.pingcheck.stats.LossReason;
import dev.pingcheck.stats.StrayKind;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** One JSON object a line; docs/ping.md is the contract of its fields. */
final class JsonPrinter implements PingPrinter {
  private final PrintWriter out;
  private final Clock clock;
  private final PingOptions options;

  JsonPrinter(PrintWriter out, Clock clock, PingOptions options) {
    this.out = out;
    this.clock = clock;
    this.options = options;
  }

  @Override
  public void started(List<PingHost> hosts) {
    for (PingHost host : hosts) {
      JsonLine line =
          line("start", clock.now(), host)
              .put("payload_bytes", host.shape().payloadSize())
              .put("ttl", options.packet().ttl())
              .putMilliseconds("interval_ms", options.schedule().interval());
      if (options.schedule().count() != PingOptions.Schedule.NO_END) {
        line.put("count", options.schedule().count());
      }
      print(line);
    }
  }

  @Override
  public void reply(PingHost host, Echo echo, Arrival arrival) {
    if (!options.output().quiet()) {
      print(answer("reply", host, echo, arrival));
    }
  }

  @Override
  public void error(PingHost host, Echo echo, LossReason reason, Arrival error) {
    if (!options.output().quiet()) {
      print(
          told("error", host, echo, error)
              .put("reason", lower(reason))
              .put("text", IcmpWords.of(error)));
    }
  }

  @Override
  public void lost(PingHost host, int ordinal) {
    if (!options.output().quiet()) {
      print(
          line("lost", clock.now(), host)
              .put("seq", ordinal + 1L)
              .put("reason", lower(LossReason.TIMEOUT)));
    }
  }

  @Override
  public void notSent(PingHost host, Echo echo, LossReason reason) {
    if (!options.output().quiet()) {
      print(
          line("lost", clock.now(), host)
              .put("seq", echo.ordinal() + 1L)
              .put("reason", lower(reason))
              .put("text", PingText.notSent(echo, reason)));
    }
  }

  @Override
  public void stray(PingHost host, Echo echo, StrayKind kind, Arrival arrival) {
    if (options.output().quiet()) {
      return;
    }
    switch (kind) {
      case DUPLICATE -> print(answer("duplicate", host, echo, arrival));
      case REDIRECT ->
          print(
              told("stray", host, echo, arrival)
                  .put("kind", lower(kind))
                  .put("gateway", arrival.gateway().text()));
      case LATE -> print(answer("stray", host, echo, arrival).put("kind", lower(kind)));
      case CORRUPT, TRUNCATED, FORGED, FOREIGN ->
          print(told("stray", host, echo, arrival).put("kind", lower(kind)));
    }
  }

  @Override
  public void finished(List<PingHost> hosts, long elapsed) {
    for (PingHost host : hosts) {
      PingStatistics figures = host.statistics;
      JsonLine line =
          line("summary", clock.now(), host)
              .put("transmitted", figures.transmittedCount())
              .put("received", figures.receivedCount())
              .put("duplicates", figures.duplicates())
              .put("corrupted", figures.corruptedCount())
              .put("errors", figures.errors())
              .putNumber("loss_percent", figures.lossPercent())
              .putMilliseconds("elapsed_ms", elapsed);
      if (figures.hasTimes()) {
        line.putMilliseconds("rtt_min_ms", figures.shortest())
            .putMilliseconds("rtt_avg_ms", figures.average())
            .putMilliseconds("rtt_max_ms", figures.longest())
            .putMilliseconds("rtt_mdev_ms", figures.deviation());
      }
      print(line);
    }
  }

  /** A host that cannot be pinged at all. */
  static String failure(Instant time, String host, String sentence) {
    return new JsonLine("error", time).put("host", host).put("text", sentence).toString();
  }

  @Override
  public boolean isBroken() {
    return out.checkError();
  }

  private static JsonLine answer(String event, PingHost host, Echo echo, Arrival arrival) {
    JsonLine line =
        line(event, arrival.time(), host)
            .put("seq", echo.ordinal() + 1L)
            .put("bytes", arrival.size());
    if (arrival.timeToLive() != Arrival.UNKNOWN) {
      line.put("ttl", arrival.timeToLive());
    }
    if (arrival.hasRtt()) {
      line.putMilliseconds("rtt_ms", arrival.rtt()).put("kernel_timed", arrival.isKernelTimed());
    }
    return line;
  }

  private static JsonLine told(String event, PingHost host, Echo echo, Arrival arrival) {
    JsonLine line =
        line(event, arrival.time(), host)
            .put("seq", echo.ordinal() + 1L)
            .put("from", arrival.source().text())
            .put("icmp_type", arrival.type())
            .put("icmp_code", arrival.code());
    if (arrival.mtu() > 0) {
      line.put("mtu", arrival.mtu());
    }
    return line;
  }

  private static JsonLine line(String event, Instant time, PingHost host) {
    return new JsonLine(event, time).put("host", host.name()).put("address", host.peer().text());
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private void print(JsonLine line) {
    out.println(line);
    out.flush();
  }
}
