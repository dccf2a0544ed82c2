package dev.pingcheck.report.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/**
 * What the checks of each namespace use of the limits of its policy. The series of a namespace go
 * with its last check.
 *
 * <p>Thread safe.
 */
public final class NamespaceMetrics {

  /**
   * What a namespace uses and may use.
   *
   * @param checks that have a place
   * @param checksLimit how many may have one
   * @param refused checks for which nothing is left
   * @param echoRate echo requests a second that they ask for at most
   * @param echoRateLimit how many they may ask for
   */
  public record Use(int checks, int checksLimit, int refused, double echoRate, int echoRateLimit) {}

  private final MeterRegistry registry;
  private final Map<String, Use> uses = new ConcurrentHashMap<>();
  private final Map<String, List<Meter>> meters = new ConcurrentHashMap<>();

  public NamespaceMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Shows what a namespace uses from now on. */
  public void show(String namespace, Use use) {
    uses.put(namespace, use);
    meters.computeIfAbsent(namespace, this::register);
  }

  /** Removes every series of a namespace. */
  public void forget(String namespace) {
    uses.remove(namespace);
    List<Meter> gone = meters.remove(namespace);
    if (gone != null) {
      gone.forEach(registry::remove);
    }
  }

  private List<Meter> register(String namespace) {
    return List.of(
        gauge(namespace, "checks", "Checks with a place within the limits", Use::checks),
        gauge(namespace, "checks.limit", "Checks that may have one", Use::checksLimit),
        gauge(namespace, "checks.refused", "Checks for which nothing is left", Use::refused),
        gauge(namespace, "echo.rate", "Echo requests a second asked for", Use::echoRate),
        gauge(namespace, "echo.rate.limit", "The most that may be", Use::echoRateLimit));
  }

  private Gauge gauge(
      String namespace, String name, String description, ToDoubleFunction<Use> figure) {
    return Gauge.builder(
            "pingcheck.namespace." + name,
            uses,
            all -> {
              Use use = all.get(namespace);
              return use == null ? 0 : figure.applyAsDouble(use);
            })
        .description(description)
        .tag("namespace", namespace)
        .strongReference(true)
        .register(registry);
  }
}
