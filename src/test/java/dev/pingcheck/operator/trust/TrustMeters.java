package dev.pingcheck.operator.trust;

import io.micrometer.core.instrument.MeterRegistry;

/** Shows the meters of the door for probes on the network, without one. */
public final class TrustMeters {
  private TrustMeters() {}

  public static void show(MeterRegistry registry) {
    var unused = FleetTrust.meters(registry, new FleetTrust.NoCertificate());
  }
}
