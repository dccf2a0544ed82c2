package dev.pingcheck.operator.trust;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.link.DoorLimits;
import dev.pingcheck.link.LinkServer;
import dev.pingcheck.link.NetworkDoor;
import dev.pingcheck.link.RefusalReason;
import dev.pingcheck.link.ServingIdentity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/** Puts together what lets probes on the network in. */
public final class FleetTrust {

  /**
   * What an operator is told.
   *
   * @param port where probes on the network dial; empty: nowhere
   * @param namespace where operators and probes are
   * @param nodeAccount the name of the ServiceAccount there of probes on nodes
   * @param centralAccount that of central probes
   * @param names further DNS names and addresses that probes dial
   * @param folder where somebody else keeps tls.crt and tls.key; empty: the operators make their
   *     own
   */
  public record Settings(
      Optional<Integer> port,
      String namespace,
      String nodeAccount,
      String centralAccount,
      List<String> names,
      Optional<Path> folder) {

    private String subject(String account) {
      return "system:serviceaccount:" + namespace + ":" + account;
    }

    /** The names of the Service pingcheck, and the further ones. */
    SequencedSet<String> allNames() {
      SequencedSet<String> all = new LinkedHashSet<>();
      String service = "pingcheck." + namespace;
      all.addAll(List.of(service + ".svc", service, "pingcheck", service + ".svc.cluster.local"));
      all.addAll(names);
      return all;
    }
  }

  private FleetTrust() {}

  /**
   * @param client one that answers or gives up within seconds
   */
  public static FleetDoor door(
      LinkServer link,
      KubernetesClient client,
      Settings settings,
      MeterRegistry registry,
      Clock clock) {
    if (settings.port().isEmpty()) {
      return new FleetDoor(link, new NoCertificate(), none -> null);
    }
    CertificateSource certificates =
        settings
            .folder()
            .<CertificateSource>map(FolderTrust::new)
            .orElseGet(() ->
                new SharedTrust(
                    client, settings.namespace(), new Rotation(settings.allNames()), clock));
    Map<RefusalReason, Counter> refusals = meters(registry, certificates);
    TokenReviews reviews =
        new TokenReviews(
                new ReviewGateway(client, settings.namespace()),
                new Examination(
                    settings.subject(settings.nodeAccount()),
                    settings.subject(settings.centralAccount())),
                clock)
            .start();
    return new FleetDoor(
        link,
        certificates,
        identity ->
            new NetworkDoor.Settings(
                settings.port().get(),
                identity,
                reviews,
                reason -> refusals.get(reason).increment(),
                DoorLimits.defaults()));
  }

  private static double expiry(CertificateSource certificates) {
    return certificates
        .current()
        .map(ServingIdentity::chain)
        .map(chain -> chain.getFirst().getNotAfter().toInstant().getEpochSecond())
        .orElse(0L);
  }

  /** Shows when the certificate ends, and gives what counts refusals. */
  static Map<RefusalReason, Counter> meters(
      MeterRegistry registry, CertificateSource certificates) {
    Gauge.builder("pingcheck.link.certificate.expiry", certificates, FleetTrust::expiry)
        .description("When the certificate shown to probes on the network ends, in Unix time")
        .baseUnit("seconds")
        .strongReference(true)
        .register(registry);
    Map<RefusalReason, Counter> all = new EnumMap<>(RefusalReason.class);
    for (RefusalReason reason : RefusalReason.values()) {
      all.put(
          reason,
          Counter.builder("pingcheck.link.refused")
              .description("Probes on the network that were not let in, each time, by the reason")
              .tag("reason", reason.word())
              .register(registry));
    }
    return all;
  }

  /** Of an operator that serves no probes on the network. */
  static final class NoCertificate implements CertificateSource {
    @Override
    public Optional<ServingIdentity> current() {
      return Optional.empty();
    }

    @Override
    public Optional<String> look() {
      return Optional.empty();
    }
  }
}
