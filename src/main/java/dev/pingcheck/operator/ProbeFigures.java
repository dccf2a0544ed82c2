package dev.pingcheck.operator;

import dev.pingcheck.link.Placement;
import dev.pingcheck.link.ProbeWatch;
import dev.pingcheck.report.metrics.ProbeMetrics;
import dev.pingcheck.report.metrics.ProbeMetrics.At;
import dev.pingcheck.report.metrics.ProbeMetrics.Place;
import dev.pingcheck.stats.ProbeHealth;

/** Shows the probes of the link in the metrics. */
record ProbeFigures(ProbeMetrics metrics) implements ProbeWatch {
  @Override
  public void joined(Placement at, String probe) {
    metrics.joined(place(at), probe);
  }

  @Override
  public void told(Placement at, String probe, ProbeHealth health) {
    metrics.told(place(at), probe, health);
  }

  @Override
  public void left(Placement at, String probe) {
    metrics.left(place(at), probe);
  }

  private static At place(Placement placement) {
    return switch (placement) {
      case Placement.Beside() -> new At(Place.BESIDE, "");
      case Placement.Central(String pod) -> new At(Place.CENTRAL, pod);
      case Placement.OnNode(String node, String pod) -> new At(Place.NODE, node);
    };
  }
}
