package dev.pingcheck.report.metrics;

import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Shows what all checks together are, in a handful of series whatever their number. */
final class FleetCollector extends Collector {
  private static final String CHECKS = "pingcheck_checks";
  private static final String WITHOUT = "pingcheck_checks_without_series";
  private static final String SOURCES = "pingcheck_sources_without_series";
  private static final List<String> STATES = List.of("true", "false", "unknown");

  private final Supplier<Stream<Standing>> standings;
  private final IntSupplier without;
  private final IntSupplier sourcesWithout;

  /**
   * @param standings of all checks, also of those without series
   * @param without how many have no series of their own
   * @param sourcesWithout how many nodes of the others have none
   */
  FleetCollector(
      Supplier<Stream<Standing>> standings, IntSupplier without, IntSupplier sourcesWithout) {
    this.standings = standings;
    this.without = without;
    this.sourcesWithout = sourcesWithout;
  }

  @Override
  public List<MetricFamilySamples> collect() {
    return List.of(
        new MetricFamilySamples(
            CHECKS, Type.GAUGE, "Checks, by the state of each condition", conditions()),
        one(WITHOUT, "Checks beyond the bound of those with series", without),
        one(SOURCES, "Nodes of checks beyond the bound of those with series", sourcesWithout));
  }

  private static MetricFamilySamples one(String name, String help, IntSupplier value) {
    List<Sample> sample = List.of(new Sample(name, List.of(), List.of(), value.getAsInt()));
    return new MetricFamilySamples(name, Type.GAUGE, help, sample);
  }

  private List<Sample> conditions() {
    Map<String, int[]> counts = new TreeMap<>();
    standings
        .get()
        .forEach(standing ->
            standing
                .conditions()
                .forEach((type, state) ->
                    counts
                        .computeIfAbsent(type, t -> new int[STATES.size()])[
                        STATES.indexOf(state)]++));
    List<Sample> samples = new ArrayList<>();
    counts.forEach((type, byState) ->
        Arrays.stream(new int[] {0, 1, 2})
            .mapToObj(i ->
                new Sample(
                    CHECKS, List.of("type", "status"), List.of(type, STATES.get(i)), byState[i]))
            .forEach(samples::add));
    return samples;
  }
}
