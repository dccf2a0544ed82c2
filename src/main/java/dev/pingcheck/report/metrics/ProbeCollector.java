package dev.pingcheck.report.metrics;

import dev.pingcheck.report.metrics.ProbeMetrics.At;
import dev.pingcheck.report.metrics.ProbeMetrics.Place;
import dev.pingcheck.stats.ProbeHealth;
import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Shows the probes to Prometheus, made when it asks. */
final class ProbeCollector extends Collector {
  private static final double NANOS = 1e9;
  private static final List<String> PROBE = List.of("place", "probe");
  private static final List<String> WITH_SOCKETS = List.of("place", "probe", "sockets");
  private static final String INFO = "pingcheck_probe_info";
  private static final String WITHOUT = "pingcheck_probes_without_series";

  private final ProbeMetrics probes;

  ProbeCollector(ProbeMetrics probes) {
    this.probes = probes;
  }

  @Override
  public List<MetricFamilySamples> collect() {
    List<Map.Entry<At, ProbeHealth>> all = told();
    List<Map.Entry<At, ProbeHealth>> told = all.stream().limit(ProbeMetrics.MOST).toList();
    return List.of(
        new MetricFamilySamples(
            WITHOUT,
            Type.GAUGE,
            "Probes beyond the bound of those with series",
            List.of(new Sample(WITHOUT, List.of(), List.of(), all.size() - told.size()))),
        byPlace("pingcheck_probes_connected", Type.GAUGE, "Probes with a stream", this::connected),
        byPlace(
            "pingcheck_link_streams", Type.COUNTER, "Streams opened by probes", probes::connects),
        new MetricFamilySamples(
            INFO,
            Type.GAUGE,
            "1 for each connected probe, with the kind of its sockets",
            told.stream()
                .map(probe -> sample(INFO, probe.getKey(), sockets(probe.getValue()), 1))
                .toList()),
        counter(
            told,
            "pingcheck_probe_kernel_drops",
            "Packets that found no room in a socket of the probe",
            health -> health.engine().kernelDrops()),
        counter(
            told,
            "pingcheck_probe_sockets_reopened",
            "Sockets that broke and were opened again",
            health -> health.engine().socketsReopened()),
        counter(
            told,
            "pingcheck_probe_faults",
            "Faults of the probe's engine, each with a line in its log",
            health -> health.engine().faults()),
        counter(
            told,
            "pingcheck_probe_busy_seconds",
            "For how long the probe's one thread was at work",
            health -> health.engine().busyNanos() / NANOS),
        counter(
            told,
            "pingcheck_probe_reports_dropped",
            "Reports that the probe's full buffer has dropped",
            ProbeHealth::reportsDropped),
        of(
            told,
            "pingcheck_probe_reports_waiting",
            Type.GAUGE,
            "Reports of the probe that are not safe yet",
            ProbeHealth::reportsWaiting));
  }

  private List<Map.Entry<At, ProbeHealth>> told() {
    return probes.byPlace().entrySet().stream()
        .filter(probe -> probe.getValue().health() != null)
        .map(probe -> Map.entry(probe.getKey(), probe.getValue().health()))
        .toList();
  }

  private long connected(Place place) {
    return probes.byPlace().keySet().stream().filter(at -> at.place() == place).count();
  }

  private static MetricFamilySamples byPlace(
      String name, Type type, String help, ToDoubleFunction<Place> value) {
    String sample = type == Type.COUNTER ? name + "_total" : name;
    return new MetricFamilySamples(
        name,
        type,
        help,
        Arrays.stream(Place.values())
            .map(place ->
                new Sample(
                    sample, List.of("place"), List.of(word(place)), value.applyAsDouble(place)))
            .toList());
  }

  private static MetricFamilySamples counter(
      List<Map.Entry<At, ProbeHealth>> told,
      String name,
      String help,
      ToDoubleFunction<ProbeHealth> value) {
    return of(told, name, Type.COUNTER, help, value);
  }

  private static MetricFamilySamples of(
      List<Map.Entry<At, ProbeHealth>> told,
      String name,
      Type type,
      String help,
      ToDoubleFunction<ProbeHealth> value) {
    String sample = type == Type.COUNTER ? name + "_total" : name;
    return new MetricFamilySamples(
        name,
        type,
        help,
        told.stream()
            .map(probe ->
                sample(sample, probe.getKey(), null, value.applyAsDouble(probe.getValue())))
            .toList());
  }

  private static Sample sample(String name, At at, String sockets, double value) {
    String place = word(at.place());
    return sockets == null
        ? new Sample(name, PROBE, List.of(place, at.probe()), value)
        : new Sample(name, WITH_SOCKETS, List.of(place, at.probe(), sockets), value);
  }

  private static String sockets(ProbeHealth health) {
    return health.engine().sockets().name().toLowerCase(Locale.ROOT);
  }

  private static String word(Place place) {
    return place.name().toLowerCase(Locale.ROOT);
  }
}
