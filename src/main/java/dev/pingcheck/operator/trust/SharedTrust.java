package dev.pingcheck.operator.trust;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.link.ServingIdentity;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.security.GeneralSecurityException;
import java.util.Optional;

/**
 * Keeps the operators' own certificate in a Secret that all of them share, and tells probes of its
 * authorities by a ConfigMap: first the ConfigMap, so that what signs was made known before. Each
 * write names the version that it replaces; who comes second reads what the first has written.
 *
 * <p>A Secret that somebody else has made is used as it is and never written.
 */
final class SharedTrust implements CertificateSource {
  private static final System.Logger LOG = System.getLogger(SharedTrust.class.getName());
  private static final int ATTEMPTS = 5;

  private final KubernetesClient client;
  private final String namespace;
  private final Rotation rotation;
  private final Clock clock;
  private volatile ServingIdentity current;

  /** What is to be done about the Secret that was found. */
  private sealed interface Step {
    record Write(Trust trust, Optional<Secret> over) implements Step {}

    record Keep(ServingIdentity serving, String bundle) implements Step {}

    record Leave(String sentence) implements Step {}
  }

  SharedTrust(KubernetesClient client, String namespace, Rotation rotation, Clock clock) {
    this.client = client;
    this.namespace = namespace;
    this.rotation = rotation;
    this.clock = clock;
  }

  @Override
  public Optional<ServingIdentity> current() {
    return Optional.ofNullable(current);
  }

  @Override
  public Optional<String> look() {
    for (int attempt = 1; ; attempt++) {
      try {
        return lookOnce();
      } catch (KubernetesClientException e) {
        if (e.getCode() != HttpURLConnection.HTTP_CONFLICT || attempt == ATTEMPTS) {
          return Optional.of(
              "The certificate for probes on the network cannot be kept: " + e.getMessage());
        }
      }
    }
  }

  private Optional<String> lookOnce() {
    return switch (step()) {
      case Step.Leave(String sentence) -> Optional.of(sentence);
      case Step.Keep(ServingIdentity serving, String bundle) -> {
        Optional<String> trouble = bundle.isEmpty() ? Optional.empty() : tellProbes(bundle);
        show(serving);
        yield trouble;
      }
      case Step.Write(Trust trust, Optional<Secret> over) -> {
        Optional<String> trouble = tellProbes(Pem.ofCertificates(trust.bundle()));
        var secret = client.resource(TrustSecret.secret(namespace, trust, over));
        var unused = over.isEmpty() ? secret.create() : secret.update();
        show(trust.serving());
        yield trouble;
      }
    };
  }

  private Step step() {
    Secret found = client.secrets().inNamespace(namespace).withName(TrustSecret.SECRET).get();
    if (found == null) {
      return new Step.Write(rotation.begin(clock.now()), Optional.empty());
    }
    return TrustSecret.isOurs(found) ? ours(found) : another(found);
  }

  private Step ours(Secret found) {
    try {
      Trust stored = TrustSecret.read(found);
      Trust next = rotation.next(stored, clock.now());
      return next == stored
          ? new Step.Keep(stored.serving(), Pem.ofCertificates(stored.bundle()))
          : new Step.Write(next, Optional.of(found));
    } catch (GeneralSecurityException broken) {
      LOG.log(
          System.Logger.Level.WARNING,
          () ->
              "The Secret "
                  + TrustSecret.SECRET
                  + " was broken ("
                  + broken.getMessage()
                  + ") and is made anew; probes come back once the kubelet has brought them its CA.");
      return new Step.Write(rotation.begin(clock.now()), Optional.of(found));
    }
  }

  private static Step another(Secret found) {
    try {
      ServingIdentity serving = TrustSecret.serving(found);
      boolean tells = found.getData().containsKey(TrustSecret.BUNDLE);
      return new Step.Keep(serving, tells ? TrustSecret.text(found, TrustSecret.BUNDLE) : "");
    } catch (GeneralSecurityException broken) {
      return new Step.Leave(
          "The Secret "
              + TrustSecret.SECRET
              + " was not made by an operator and cannot be used ("
              + broken.getMessage()
              + "): mend it, or delete it and one is made.");
    }
  }

  /** Has the ConfigMap hold this bundle. */
  private Optional<String> tellProbes(String bundle) {
    ConfigMap found =
        client.configMaps().inNamespace(namespace).withName(TrustSecret.CONFIG_MAP).get();
    if (found == null) {
      client.resource(TrustSecret.configMap(namespace, bundle, Optional.empty())).create();
      return Optional.empty();
    }
    String told = found.getData() == null ? null : found.getData().get(TrustSecret.BUNDLE);
    if (bundle.equals(told)) {
      return Optional.empty();
    }
    if (!TrustSecret.isOurs(found)) {
      return Optional.of(
          "The ConfigMap "
              + TrustSecret.CONFIG_MAP
              + " was not made by an operator and holds other authorities than the Secret "
              + TrustSecret.SECRET
              + ": delete it and it is made, or see that probes trust what the operator shows.");
    }
    client.resource(TrustSecret.configMap(namespace, bundle, Optional.of(found))).update();
    return Optional.empty();
  }

  private void show(ServingIdentity serving) {
    ServingIdentity before = current;
    if (before == null || !before.chain().equals(serving.chain())) {
      current = serving;
      LOG.log(
          System.Logger.Level.INFO,
          () ->
              "Showing probes on the network a certificate that is valid until "
                  + serving.chain().getFirst().getNotAfter().toInstant()
                  + ".");
    }
  }
}
