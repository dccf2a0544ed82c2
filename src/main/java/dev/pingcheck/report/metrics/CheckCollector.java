package dev.pingcheck.report.metrics;

import dev.pingcheck.stats.LossReason;
import dev.pingcheck.stats.SetbackCause;
import dev.pingcheck.stats.StrayKind;
import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Shows the numbers of all checks to Prometheus, made when it asks and kept nowhere. */
final class CheckCollector extends Collector {
  private static final String RTT = "pingcheck_rtt_seconds";
  private static final String JITTER = "pingcheck_rtt_jitter_seconds";
  private static final String CONDITION = "pingcheck_check_condition";
  private static final String SILENT = "pingcheck_check_silent";
  private static final String PROBLEM = "pingcheck_check_problem";
  private static final List<String> WITH_BOUND = List.of("namespace", "name", "le");
  private static final List<String> WITH_REASON = List.of("namespace", "name", "reason");
  private static final List<String> WITH_PROBLEM = List.of("namespace", "name", "problem");
  private static final List<String> OF_CONDITION = List.of("namespace", "name", "type", "status");

  /** Without an exponent: whoever asks for a bucket writes its bound so. */
  private static final List<String> BOUNDS =
      Stream.concat(
              Arrays.stream(CheckSeries.BUCKETS)
                  .mapToObj(nanos -> BigDecimal.valueOf(nanos, 9).stripTrailingZeros())
                  .map(bound -> bound.scale() < 1 ? bound.setScale(1) : bound)
                  .map(BigDecimal::toPlainString),
              Stream.of("+Inf"))
          .toList();

  private final CheckFamily checks;

  /**
   * @param checks a live view
   */
  CheckCollector(Collection<CheckSeries> checks) {
    this.checks = new CheckFamily(checks);
  }

  @Override
  public List<MetricFamilySamples> collect() {
    return Stream.of(echoes(), times(), rounds(), standings()).flatMap(List::stream).toList();
  }

  private List<MetricFamilySamples> echoes() {
    return List.of(
        checks.counter("pingcheck_echo_requests", "Echo requests settled", CheckSeries::sent),
        checks.counter("pingcheck_echo_replies", "Valid replies in time", CheckSeries::received),
        checks.counter(
            "pingcheck_echo_lost",
            "Echo requests lost, by reason",
            "reason",
            LossReason.values(),
            CheckSeries::lost),
        checks.counter(
            "pingcheck_echo_strays",
            "Packets that are no answer to count, by kind",
            "kind",
            StrayKind.values(),
            CheckSeries::strays),
        checks.counter(
            "pingcheck_echo_untimed",
            "Valid echo replies without a time, as the wall clock was set meanwhile",
            CheckSeries::untimed),
        checks.counter(
            "pingcheck_echo_delayed",
            "Echo requests sent late, by reason",
            "reason",
            SetbackCause.values(),
            CheckSeries::delayed),
        checks.counter(
            "pingcheck_echo_delay_seconds",
            "By how long they were late together",
            "reason",
            SetbackCause.values(),
            (check, cause) -> CheckFamily.seconds(check.delayNanos(cause))));
  }

  private List<MetricFamilySamples> times() {
    return List.of(
        checks.family(
            RTT, Type.HISTOGRAM, "Round-trip times of valid replies", CheckCollector::times),
        checks.family(
            JITTER,
            Type.SUMMARY,
            "Differences between the round-trip times of neighbours in a round",
            check ->
                List.of(
                    CheckFamily.sample(JITTER + "_count", check, check.steps()),
                    CheckFamily.sample(
                        JITTER + "_sum", check, CheckFamily.seconds(check.stepNanos())))));
  }

  private List<MetricFamilySamples> rounds() {
    return List.of(
        checks.counter("pingcheck_rounds", "Rounds settled", CheckSeries::rounds),
        checks.counter(
            "pingcheck_rounds_unresolved",
            "Rounds without an address to ping",
            CheckSeries::unresolved),
        checks.counter(
            "pingcheck_rounds_skipped",
            "Rounds that never began, by reason",
            "reason",
            SetbackCause.values(),
            CheckSeries::skipped),
        checks.gauge(
            "pingcheck_resolution_age_seconds",
            "How old the addresses were that the last round used, as DNS failed",
            check -> CheckFamily.seconds(check.resolutionAge())));
  }

  private List<MetricFamilySamples> standings() {
    return List.of(
        checks.family(
            CONDITION,
            Type.GAUGE,
            "The conditions of a PingCheck: 1 for the state that holds",
            CheckCollector::conditions),
        checks.family(
            SILENT,
            Type.GAUGE,
            "1 while nothing is heard of a check, or of some of its nodes, by reason",
            CheckCollector::silence),
        checks.family(
            PROBLEM, Type.GAUGE, "1 while this makes a check unhealthy", CheckCollector::problems),
        checks.gauge(
            "pingcheck_check_flapping",
            "1 while a check comes and goes too often for events",
            check -> check.standing().flapping() ? 1 : CheckSeries.NEVER));
  }

  private static List<Sample> times(CheckSeries check) {
    CheckSeries.Times times = check.times();
    List<Sample> samples = new ArrayList<>(BOUNDS.size() + 2);
    long below = 0;
    for (int i = 0; i < BOUNDS.size(); i++) {
      below += times.buckets().get(i);
      List<String> values = List.of(check.namespace(), check.name(), BOUNDS.get(i));
      samples.add(new Sample(RTT + "_bucket", WITH_BOUND, values, below));
    }
    samples.add(CheckFamily.sample(RTT + "_count", check, below));
    samples.add(CheckFamily.sample(RTT + "_sum", check, CheckFamily.seconds(times.nanos())));
    return samples;
  }

  /** True is there as 0 or 1; the others only while they hold, as most checks never have them. */
  private static List<Sample> conditions(CheckSeries check) {
    List<Sample> samples = new ArrayList<>();
    check
        .standing()
        .conditions()
        .forEach((type, state) -> {
          boolean holds = state.equals("true");
          samples.add(condition(check, type, "true", holds ? 1 : 0));
          if (!holds) {
            samples.add(condition(check, type, state, 1));
          }
        });
    return samples;
  }

  private static Sample condition(CheckSeries check, String type, String state, int value) {
    List<String> values = List.of(check.namespace(), check.name(), type, state);
    return new Sample(CONDITION, OF_CONDITION, values, value);
  }

  private static List<Sample> silence(CheckSeries check) {
    String reason = check.standing().silence();
    List<String> values = List.of(check.namespace(), check.name(), reason);
    return reason.isEmpty() ? List.of() : List.of(new Sample(SILENT, WITH_REASON, values, 1));
  }

  private static List<Sample> problems(CheckSeries check) {
    return check.standing().problems().stream()
        .map(problem ->
            new Sample(PROBLEM, WITH_PROBLEM, List.of(check.namespace(), check.name(), problem), 1))
        .toList();
  }
}
