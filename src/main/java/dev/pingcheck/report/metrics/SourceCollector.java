package dev.pingcheck.report.metrics;

import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.ToLongFunction;

/** Shows the numbers of each check from each of its nodes, made when Prometheus asks. */
final class SourceCollector extends Collector {
  private static final String RTT = "pingcheck_source_rtt_seconds";
  private static final String HEALTHY = "pingcheck_source_healthy";
  private static final List<String> SOURCE = List.of("namespace", "name", "node");

  private final CheckFamily checks;

  /**
   * @param checks a live view
   */
  SourceCollector(Collection<CheckSeries> checks) {
    this.checks = new CheckFamily(checks);
  }

  @Override
  public List<MetricFamilySamples> collect() {
    return List.of(
        counter("pingcheck_source_rounds", "Rounds settled, by node", SourceSeries.Of::rounds),
        counter(
            "pingcheck_source_echo_requests",
            "Echo requests settled, by node",
            SourceSeries.Of::sent),
        counter(
            "pingcheck_source_echo_replies",
            "Valid echo replies in time, by node",
            SourceSeries.Of::received),
        checks.family(
            RTT,
            Type.SUMMARY,
            "Round-trip time of the echo replies received, by node",
            SourceCollector::times),
        checks.family(
            HEALTHY,
            Type.GAUGE,
            "Whether a check is healthy from a node",
            SourceCollector::health));
  }

  private MetricFamilySamples counter(
      String name, String help, ToLongFunction<SourceSeries.Of> value) {
    return checks.family(
        name,
        Type.COUNTER,
        help,
        check ->
            check.ofSources().stream()
                .map(of -> ofNode(name + "_total", check, of, value.applyAsLong(of)))
                .toList());
  }

  private static Sample ofNode(String name, CheckSeries check, SourceSeries.Of of, double value) {
    return new Sample(name, SOURCE, List.of(check.namespace(), check.name(), of.node()), value);
  }

  private static List<Sample> times(CheckSeries check) {
    List<Sample> samples = new ArrayList<>();
    for (SourceSeries.Of of : check.ofSources()) {
      samples.add(ofNode(RTT + "_count", check, of, of.timed()));
      samples.add(ofNode(RTT + "_sum", check, of, CheckFamily.seconds(of.nanos())));
    }
    return samples;
  }

  private static List<Sample> health(CheckSeries check) {
    return check.ofSources().stream()
        .filter(of -> of.healthy() != null)
        .map(of -> ofNode(HEALTHY, check, of, of.healthy() ? 1 : 0))
        .toList();
  }
}
