package dev.pingcheck.report.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.report.metrics.ProbeMetrics.At;
import dev.pingcheck.report.metrics.ProbeMetrics.Place;
import dev.pingcheck.stats.EngineHealth;
import dev.pingcheck.stats.EngineHealth.Sockets;
import dev.pingcheck.stats.ProbeHealth;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProbeMetricsTest {
  private static final At NODE = new At(Place.NODE, "node-1");

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ProbeMetrics probes = new ProbeMetrics(registry);

  private static ProbeHealth dropping(long packets) {
    return new ProbeHealth(new EngineHealth(Sockets.RAW, packets, 0, 0, 1_500_000_000L), 7, 3);
  }

  private List<String> lines(String start) {
    return registry.scrape().lines().filter(line -> line.startsWith(start)).toList();
  }

  @Test
  void aProbeIsCountedWhenItComesAndHasFiguresOnceItHasToldThem() {
    probes.joined(NODE, "a");
    assertThat(lines("pingcheck_probes_connected"))
        .containsExactly(
            "pingcheck_probes_connected{place=\"beside\",} 0.0",
            "pingcheck_probes_connected{place=\"central\",} 0.0",
            "pingcheck_probes_connected{place=\"node\",} 1.0");
    assertThat(lines("pingcheck_probe_")).isEmpty();
    probes.told(NODE, "a", dropping(5));
    assertThat(lines("pingcheck_probe_"))
        .contains(
            "pingcheck_probe_info{place=\"node\",probe=\"node-1\",sockets=\"raw\",} 1.0",
            "pingcheck_probe_kernel_drops_total{place=\"node\",probe=\"node-1\",} 5.0",
            "pingcheck_probe_busy_seconds_total{place=\"node\",probe=\"node-1\",} 1.5",
            "pingcheck_probe_reports_dropped_total{place=\"node\",probe=\"node-1\",} 7.0",
            "pingcheck_probe_reports_waiting{place=\"node\",probe=\"node-1\",} 3.0");
  }

  @Test
  void ofTwoProbesAtOnePlaceTheLaterOneIsShownAndTheEndOfTheOtherEndsNothing() {
    probes.joined(NODE, "old");
    probes.told(NODE, "old", dropping(5));
    probes.joined(NODE, "new");
    probes.told(NODE, "new", dropping(1));
    probes.told(NODE, "old", dropping(6));
    probes.left(NODE, "old");
    assertThat(lines("pingcheck_probe_kernel_drops_total"))
        .containsExactly(
            "pingcheck_probe_kernel_drops_total{place=\"node\",probe=\"node-1\",} 1.0");
    assertThat(lines("pingcheck_link_streams_total{place=\"node\""))
        .containsExactly("pingcheck_link_streams_total{place=\"node\",} 2.0");
  }

  @Test
  void nothingIsLeftOfAProbeThatHasGoneButThatItWasThere() {
    probes.joined(NODE, "a");
    probes.told(NODE, "a", dropping(5));
    probes.left(NODE, "a");
    assertThat(lines("pingcheck_probe_")).isEmpty();
    assertThat(lines("pingcheck_probes_connected{place=\"node\""))
        .containsExactly("pingcheck_probes_connected{place=\"node\",} 0.0");
    assertThat(lines("pingcheck_link_streams_total{place=\"node\""))
        .containsExactly("pingcheck_link_streams_total{place=\"node\",} 1.0");
  }

  @Test
  void aThousandProbesHaveFiguresAndAllAreCounted() {
    for (int node = 0; node < 1001; node++) {
      At at = new At(Place.NODE, "node-" + node);
      probes.joined(at, "a");
      probes.told(at, "a", dropping(0));
    }
    assertThat(lines("pingcheck_probe_info")).hasSize(1000);
    assertThat(lines("pingcheck_probes_without_series"))
        .containsExactly("pingcheck_probes_without_series 1.0");
    assertThat(lines("pingcheck_probes_connected{place=\"node\""))
        .containsExactly("pingcheck_probes_connected{place=\"node\",} 1001.0");
  }
}
