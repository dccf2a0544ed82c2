package dev.pingcheck.evidence;

import dev.pingcheck.link.CaptureFigures;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is kept of packets, here and in the probes. Of the probes the sum alone: their number is not
 * bounded.
 */
public final class EvidenceMetrics {
  private final Map<String, CaptureFigures> byProbe = new ConcurrentHashMap<>();
  private final Counter stored;
  private final Counter missing;
  private final Counter captured;
  private final Counter evicted;
  private final Counter kernelDrops;

  public EvidenceMetrics(MeterRegistry registry, EvidenceFolder folder) {
    stored = counter(registry, "evidence.stored", "Files of bad rounds that were written");
    missing =
        counter(registry, "evidence.missing", "Files that an event names and that did not come");
    captured = counter(registry, "capture.packets", "Packets that probes have captured");
    evicted =
        counter(registry, "capture.evicted", "Packets and files that probes let go for newer ones");
    kernelDrops =
        counter(registry, "capture.kernel.drops", "Packets that the kernel had no room for");
    Gauge.builder("pingcheck.evidence.files", folder, f -> f.totals().files())
        .description("Files of bad rounds in the folder")
        .strongReference(true)
        .register(registry);
    Gauge.builder("pingcheck.evidence.bytes", folder, f -> f.totals().bytes())
        .description("Octets of these files")
        .strongReference(true)
        .register(registry);
    Gauge.builder("pingcheck.capture.kept.bytes", byProbe, EvidenceMetrics::kept)
        .description("Octets of memory that packets take in the probes")
        .strongReference(true)
        .register(registry);
  }

  private static Counter counter(MeterRegistry registry, String name, String description) {
    return Counter.builder("pingcheck." + name).description(description).register(registry);
  }

  private static double kept(Map<String, CaptureFigures> byProbe) {
    return byProbe.values().stream().mapToLong(CaptureFigures::keptBytes).sum();
  }

  void stored() {
    stored.increment();
  }

  void missing() {
    missing.increment();
  }

  /**
   * A probe has counted on, or is gone. It tells sums since its start, every second: what it tells
   * first may be known to an operator before this one, and is where counting begins.
   */
  void show(String probe, CaptureFigures now) {
    if (now.equals(CaptureFigures.NONE)) {
      byProbe.remove(probe);
      return;
    }
    CaptureFigures before = byProbe.put(probe, now);
    CaptureFigures from = before == null ? now : before;
    captured.increment(Math.max(0, now.captured() - from.captured()));
    evicted.increment(Math.max(0, now.evicted() - from.evicted()));
    kernelDrops.increment(Math.max(0, now.kernelDrops() - from.kernelDrops()));
  }
}
