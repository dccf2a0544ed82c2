package dev.pingcheck.operator;

import dev.pingcheck.link.LinkServer;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready without a probe: nothing would be pinged. */
@Readiness
@Singleton
class ProbeReadiness implements HealthCheck {
  private final LinkServer link;

  ProbeReadiness(LinkServer link) {
    this.link = link;
  }

  @Override
  public HealthCheckResponse call() {
    int probes = link.connectedProbes();
    return HealthCheckResponse.named("probe connected")
        .status(probes > 0)
        .withData("probes", probes)
        .build();
  }
}
