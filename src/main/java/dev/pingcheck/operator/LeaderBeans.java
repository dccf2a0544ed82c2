package dev.pingcheck.operator;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.link.PlanBook;
import dev.pingcheck.operator.trust.FleetDoor;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The part of the operator that decides which of several leads. */
@Singleton
class LeaderBeans {
  /** Twice as long fits into the time for which a lease is trusted. */
  private static final int LEASE_REQUEST_MILLIS = 3000;

  @Produces
  @Singleton
  Leadership leadership(
      @ConfigProperty(name = "pingcheck.leader-election", defaultValue = "true") boolean election,
      MeterRegistry registry,
      Clock clock) {
    Leadership leadership = election ? new Leadership(clock) : Leadership.alone(clock);
    Gauge.builder("pingcheck.leader", leadership, now -> now.mayWrite() ? 1 : 0)
        .description("Whether this operator leads: judges, writes, and has its probe ping")
        .strongReference(true)
        .register(registry);
    return leadership;
  }

  /** Begins when it is started, which an operator without an election never does. */
  @Produces
  @Singleton
  LeaseElection election(
      KubernetesClient client,
      @ConfigProperty(name = "pingcheck.lease.namespace") Optional<String> namespace,
      @ConfigProperty(name = "pingcheck.identity") Optional<String> identity,
      @ConfigProperty(name = "pingcheck.socket", defaultValue = OperatorBeans.DEFAULT_SOCKET)
          Path socket,
      Leadership leadership,
      Duty duty,
      Clock clock) {
    RequestConfig quick =
        new RequestConfigBuilder()
            .withRequestTimeout(LEASE_REQUEST_MILLIS)
            .withRequestRetryBackoffLimit(0)
            .build();
    LeaseClaims claims =
        new LeaseClaims(
            client.newClient(quick).adapt(KubernetesClient.class),
            namespace.orElseGet(Identity::namespace),
            "pingcheck-operator",
            identity.orElseGet(() -> Identity.of(socket)),
            clock);
    return new LeaseElection(claims, leadership, duty, clock);
  }

  @Produces
  @Singleton
  Duty duty(PlanBook plans, ReportSource reports, CheckCache checks, FleetDoor door) {
    return new Duty(plans, reports, checks::all, door);
  }
}
