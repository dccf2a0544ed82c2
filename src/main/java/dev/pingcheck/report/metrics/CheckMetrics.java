package dev.pingcheck.report.metrics;

import dev.pingcheck.stats.AddressRound;
import dev.pingcheck.stats.LossReason;
import dev.pingcheck.stats.RoundReport;
import dev.pingcheck.stats.Strays;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The meters of every check: counters in packets, times in seconds, the verdict as 0 and 1. They
 * are labelled with the check's namespace and name alone and go when the check goes.
 *
 * <p>Thread safe; the calls for one check come one after the other.
 */
public final class CheckMetrics {

  /** From 50 µs to 10 s: a network card's neighbour to the far side of a satellite. */
  private static final Duration[] BUCKETS = {
    Duration.ofNanos(50_000),
    Duration.ofNanos(100_000),
    Duration.ofNanos(250_000),
    Duration.ofNanos(500_000),
    Duration.ofMillis(1),
    Duration.ofNanos(2_500_000),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
  };

  private static final List<String> CONDITION_STATES = List.of("true", "false", "unknown");

  private final MeterRegistry registry;
  private final Map<String, Series> byUid = new ConcurrentHashMap<>();

  public CheckMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Counts a round. */
  public void round(String uid, String namespace, String name, RoundReport report) {
    series(uid, namespace, name).count(report);
  }

  /**
   * Shows a condition as three gauges of which one is 1.
   *
   * @param type such as {@code Healthy}
   * @param state {@code True}, {@code False} or {@code Unknown}
   */
  public void condition(String uid, String namespace, String name, String type, String state) {
    series(uid, namespace, name).conditions.put(type, state.toLowerCase(Locale.ROOT));
    series(uid, namespace, name).showCondition(type);
  }

  /** Removes every series of a check. */
  public void forget(String uid) {
    Series gone = byUid.remove(uid);
    if (gone != null) {
      gone.meters.forEach(registry::remove);
    }
  }

  private Series series(String uid, String namespace, String name) {
    return byUid.computeIfAbsent(
        uid, u -> new Series(Tags.of("namespace", namespace, "name", name)));
  }

  /** What one check shows. */
  private final class Series {
    private final Tags tags;
    private final List<Meter> meters = new ArrayList<>();
    private final Map<String, String> conditions = new ConcurrentHashMap<>();
    private final Map<String, Counter> counters = new ConcurrentHashMap<>();
    private final Set<String> shown = new HashSet<>();
    private final Timer rtt;

    Series(Tags tags) {
      this.tags = tags;
      this.rtt =
          Timer.builder("pingcheck.rtt")
              .description("Round-trip time of the echo replies received")
              .tags(tags)
              .serviceLevelObjectives(BUCKETS)
              .register(registry);
      meters.add(rtt);
      // A counter that is there before its first increment can be rated from the start.
      counter("pingcheck.rounds", "Rounds settled", Tags.empty());
      sent();
      received();
      lost(LossReason.TIMEOUT);
    }

    void count(RoundReport report) {
      counter("pingcheck.rounds", "Rounds settled", Tags.empty()).increment();
      if (report.addresses().isEmpty()) {
        counter("pingcheck.rounds.unresolved", "Rounds without an address to ping", Tags.empty())
            .increment();
      }
      report.addresses().forEach(this::count);
    }

    private void count(AddressRound round) {
      sent().increment(round.sent());
      received().increment(round.received());
      round.lost().forEach((reason, count) -> lost(reason).increment(count));
      round.rtts().forEach(nanos -> rtt.record(nanos, TimeUnit.NANOSECONDS));
      Strays strays = round.strays();
      stray("late", strays.late());
      stray("duplicate", strays.duplicate());
      stray("corrupt", strays.corrupt());
      stray("foreign", strays.foreign());
    }

    private Counter sent() {
      return counter("pingcheck.echo.requests", "Echo requests settled", Tags.empty());
    }

    private Counter received() {
      return counter("pingcheck.echo.replies", "Valid echo replies in time", Tags.empty());
    }

    private Counter lost(LossReason reason) {
      return counter(
          "pingcheck.echo.lost",
          "Echo requests lost, by reason",
          Tags.of("reason", reason.name().toLowerCase(Locale.ROOT)));
    }

    private void stray(String kind, int count) {
      if (count > 0) {
        counter(
                "pingcheck.echo.strays",
                "Packets that are no answer to count, by kind",
                Tags.of("kind", kind))
            .increment(count);
      }
    }

    private Counter counter(String name, String description, Tags extra) {
      return counters.computeIfAbsent(
          name + extra,
          k -> {
            Counter made =
                Counter.builder(name)
                    .description(description)
                    .tags(tags.and(extra))
                    .register(registry);
            meters.add(made);
            return made;
          });
    }

    private void showCondition(String type) {
      if (!shown.add(type)) {
        return;
      }
      for (String state : CONDITION_STATES) {
        meters.add(
            Gauge.builder(
                    "pingcheck.check.condition",
                    conditions,
                    now -> state.equals(now.get(type)) ? 1 : 0)
                .description("The conditions of a PingCheck: 1 for the state that holds")
                .tags(tags.and("type", type, "status", state))
                .strongReference(true)
                .register(registry));
      }
    }
  }
}
