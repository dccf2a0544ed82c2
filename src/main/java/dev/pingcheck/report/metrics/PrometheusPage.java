package dev.pingcheck.report.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.prometheus.client.Collector;

/** Brings to /q/metrics what is no meter of Micrometer. */
final class PrometheusPage {
  private PrometheusPage() {}

  /** Shows a collector, if the registry is one of Prometheus or holds one. */
  static void show(Collector collector, MeterRegistry registry) {
    if (registry instanceof PrometheusMeterRegistry prometheus) {
      prometheus.getPrometheusRegistry().register(collector);
    } else if (registry instanceof CompositeMeterRegistry composite) {
      composite.getRegistries().forEach(each -> show(collector, each));
    }
  }
}
