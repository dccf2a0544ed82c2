package dev.pingcheck.operator;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.link.LinkServer;
import dev.pingcheck.operator.trust.FleetDoor;
import dev.pingcheck.operator.trust.FleetTrust;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The part of the operator that probes on the network come in by. */
@Singleton
class FleetBeans {
  private static final int REQUEST_MILLIS = 3000;

  /** Probes share one Service and one certificate, and those of a role one ServiceAccount. */
  @Produces
  @Singleton
  FleetTrust.Settings settings(
      @ConfigProperty(name = "pingcheck.link.port") Optional<Integer> port,
      @ConfigProperty(name = "pingcheck.lease.namespace") Optional<String> namespace,
      @ConfigProperty(name = "pingcheck.probe.service-account", defaultValue = "pingcheck-probe")
          String nodeAccount,
      @ConfigProperty(
              name = "pingcheck.central-probe.service-account",
              defaultValue = "pingcheck-probe-central")
          String centralAccount,
      @ConfigProperty(name = "pingcheck.link.names") Optional<List<String>> names,
      @ConfigProperty(name = "pingcheck.link.tls-dir") Optional<Path> folder) {
    return new FleetTrust.Settings(
        port.filter(given -> given > 0),
        namespace.orElseGet(Identity::namespace),
        nodeAccount,
        centralAccount,
        names.orElse(List.of()),
        folder);
  }

  @Produces
  @Singleton
  FleetDoor door(
      LinkServer link,
      KubernetesClient client,
      FleetTrust.Settings settings,
      MeterRegistry registry,
      Clock clock) {
    KubernetesClient quick =
        client
            .newClient(
                new RequestConfigBuilder()
                    .withRequestTimeout(REQUEST_MILLIS)
                    .withRequestRetryBackoffLimit(0)
                    .build())
            .adapt(KubernetesClient.class);
    return FleetTrust.door(link, quick, settings, registry, clock);
  }
}
