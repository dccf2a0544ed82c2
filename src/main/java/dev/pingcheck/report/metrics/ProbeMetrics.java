package dev.pingcheck.report.metrics;

import dev.pingcheck.stats.ProbeHealth;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The probes that are connected, and what each says of itself. Its counters are its own: they begin
 * anew when it does, and no more is shown of it when it goes.
 *
 * <p>Thread safe; the calls for one probe come one after the other.
 */
public final class ProbeMetrics {
  /** So many probes have series of their own; all of them are counted. */
  static final int MOST = 1000;

  /** Kinds of places. */
  public enum Place {
    BESIDE,
    CENTRAL,
    NODE
  }

  /**
   * Where a probe stands.
   *
   * @param probe its node, for one that stands for it; its pod, for one of no node in particular;
   *     empty for the one beside its operator
   */
  public record At(Place place, String probe) {}

  /**
   * A connected probe.
   *
   * @param health null until it has said
   */
  record Shown(String probe, ProbeHealth health) {}

  private final Map<At, Shown> byPlace = new ConcurrentHashMap<>();
  private final Map<Place, AtomicLong> connects = new EnumMap<>(Place.class);

  /**
   * @param registry where Prometheus finds them, if it is one of Prometheus or holds one
   */
  public ProbeMetrics(MeterRegistry registry) {
    for (Place place : Place.values()) {
      connects.put(place, new AtomicLong());
    }
    PrometheusPage.show(new ProbeCollector(this), registry);
  }

  /** A probe has opened a stream; of several at one place the latest is shown. */
  public void joined(At at, String probe) {
    connects.get(at.place()).incrementAndGet();
    byPlace.put(at, new Shown(probe, null));
  }

  /** How a probe is. */
  public void told(At at, String probe, ProbeHealth health) {
    byPlace.computeIfPresent(
        at, (_, shown) -> shown.probe().equals(probe) ? new Shown(probe, health) : shown);
  }

  /** Its stream has ended. */
  public void left(At at, String probe) {
    byPlace.computeIfPresent(at, (_, shown) -> shown.probe().equals(probe) ? null : shown);
  }

  Map<At, Shown> byPlace() {
    return byPlace;
  }

  long connects(Place place) {
    return connects.get(place).get();
  }
}
