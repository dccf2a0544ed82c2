package dev.pingcheck.report.metrics;

import dev.pingcheck.report.status.WriteBudget;
import dev.pingcheck.report.status.WriteGate;
import dev.pingcheck.report.status.WriteKind;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** The meters of the writes of statuses and of their budget. */
public final class WriteMetrics {
  private WriteMetrics() {}

  /** Shows both for as long as the process lives. */
  public static void show(MeterRegistry registry, WriteBudget budget, WriteGate gate) {
    for (WriteKind kind : WriteKind.values()) {
      FunctionCounter.builder("pingcheck.status.writes", gate, g -> g.written(kind))
          .description("Statuses written, by what they were written for")
          .tag("kind", kind.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
    Gauge.builder("pingcheck.status.figures.due", budget, WriteBudget::perSecond)
        .description("Writes of figures a second that all checks together come to")
        .strongReference(true)
        .register(registry);
    Gauge.builder("pingcheck.status.budget.load", budget, WriteBudget::load)
        .description("Rounds a second of all checks over the budget of writes; stretched above 1")
        .strongReference(true)
        .register(registry);
  }
}
