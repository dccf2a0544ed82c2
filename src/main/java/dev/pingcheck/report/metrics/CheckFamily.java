package dev.pingcheck.report.metrics;

import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Makes families of series that all checks have, each labelled with the check's namespace and name.
 * A number below 0 was never counted and is left out.
 *
 * @param checks a live view
 */
record CheckFamily(Collection<CheckSeries> checks) {
  private static final double NANOS = 1e9;
  private static final List<String> CHECK = List.of("namespace", "name");

  /** What a check counts of one of several kinds. */
  interface ByKind<K> {
    double of(CheckSeries check, K kind);
  }

  static double seconds(long nanos) {
    return nanos < 0 ? CheckSeries.NEVER : nanos / NANOS;
  }

  MetricFamilySamples counter(String name, String help, ToDoubleFunction<CheckSeries> value) {
    return family(
        name,
        Collector.Type.COUNTER,
        help,
        check -> shown(sample(name + "_total", check, value.applyAsDouble(check))));
  }

  <K extends Enum<K>> MetricFamilySamples counter(
      String name, String help, String label, K[] kinds, ByKind<K> value) {
    List<String> labels = List.of("namespace", "name", label);
    return family(
        name,
        Collector.Type.COUNTER,
        help,
        check -> {
          List<Sample> samples = new ArrayList<>(1);
          for (K kind : kinds) {
            double count = value.of(check, kind);
            if (count >= 0) {
              String text = kind.name().toLowerCase(Locale.ROOT);
              List<String> values = List.of(check.namespace(), check.name(), text);
              samples.add(new Sample(name + "_total", labels, values, count));
            }
          }
          return samples;
        });
  }

  MetricFamilySamples gauge(String name, String help, ToDoubleFunction<CheckSeries> value) {
    return family(
        name,
        Collector.Type.GAUGE,
        help,
        check -> shown(sample(name, check, value.applyAsDouble(check))));
  }

  MetricFamilySamples family(
      String name, Collector.Type type, String help, Function<CheckSeries, List<Sample>> each) {
    return new MetricFamilySamples(name, type, help, new LazySamples<>(checks, each));
  }

  private static List<Sample> shown(Sample sample) {
    return sample.value < 0 ? List.of() : List.of(sample);
  }

  static Sample sample(String name, CheckSeries check, double value) {
    return new Sample(name, CHECK, List.of(check.namespace(), check.name()), value);
  }
}
