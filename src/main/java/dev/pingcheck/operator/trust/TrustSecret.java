package dev.pingcheck.operator.trust;

import dev.pingcheck.link.ServingIdentity;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A {@link Trust} as the API server keeps it: a Secret for operators, a ConfigMap for probes. */
final class TrustSecret {
  static final String SECRET = "pingcheck-link-tls";
  static final String CONFIG_MAP = "pingcheck-link-ca";
  static final String CERTIFICATE = "tls.crt";
  static final String KEY = "tls.key";
  static final String BUNDLE = "ca.crt";
  private static final String SIGNER_KEY = "ca.key";
  private static final String SUCCESSOR_KEY = "ca-next.key";
  private static final String SECRET_TYPE = "kubernetes.io/tls";
  private static final Map<String, String> OURS =
      Map.of("app.kubernetes.io/managed-by", "pingcheck-operator");

  private TrustSecret() {}

  /** Whether an operator has made it, and may make it anew. */
  static boolean isOurs(HasMetadata object) {
    Map<String, String> labels = object.getMetadata().getLabels();
    return labels != null && labels.entrySet().containsAll(OURS.entrySet());
  }

  /**
   * @param replaced what it takes the place of; its version must still be that
   */
  static Secret secret(String namespace, Trust trust, Optional<Secret> replaced) {
    Map<String, String> data = new LinkedHashMap<>();
    data.put(CERTIFICATE, base64(Pem.ofCertificates(trust.serving().chain())));
    data.put(KEY, base64(Pem.ofKey(trust.serving().key())));
    data.put(BUNDLE, base64(Pem.ofCertificates(trust.bundle())));
    data.put(SIGNER_KEY, base64(Pem.ofKey(trust.signer().key())));
    trust.successor().ifPresent(next -> data.put(SUCCESSOR_KEY, base64(Pem.ofKey(next.key()))));
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(SECRET)
        .withLabels(OURS)
        .withResourceVersion(replaced.map(TrustSecret::version).orElse(null))
        .endMetadata()
        .withType(replaced.map(Secret::getType).orElse(SECRET_TYPE))
        .withData(data)
        .build();
  }

  static ConfigMap configMap(String namespace, String bundle, Optional<ConfigMap> replaced) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(CONFIG_MAP)
        .withLabels(OURS)
        .withResourceVersion(replaced.map(TrustSecret::version).orElse(null))
        .endMetadata()
        .withData(Map.of(BUNDLE, bundle))
        .build();
  }

  private static String version(HasMetadata object) {
    return object.getMetadata().getResourceVersion();
  }

  /**
   * What an operator has written.
   *
   * @throws GeneralSecurityException if it is not whole
   */
  static Trust read(Secret secret) throws GeneralSecurityException {
    List<X509Certificate> bundle = Pem.certificates(text(secret, BUNDLE));
    PrivateKey signerKey = Pem.key(text(secret, SIGNER_KEY));
    Optional<Authority> successor = Optional.empty();
    if (secret.getData().containsKey(SUCCESSOR_KEY)) {
      successor = Optional.of(authority(bundle, Pem.key(text(secret, SUCCESSOR_KEY))));
    }
    return new Trust(bundle, authority(bundle, signerKey), successor, serving(secret));
  }

  /**
   * What the operator is to show, whoever has written it.
   *
   * @throws GeneralSecurityException if it is not whole
   */
  static ServingIdentity serving(Secret secret) throws GeneralSecurityException {
    return KeyPairs.identity(text(secret, CERTIFICATE), text(secret, KEY));
  }

  private static Authority authority(List<X509Certificate> bundle, PrivateKey key)
      throws GeneralSecurityException {
    for (X509Certificate certificate : bundle) {
      if (KeyPairs.belong(certificate, key)) {
        return new Authority(certificate, key);
      }
    }
    throw new GeneralSecurityException("a key of an authority is without its certificate");
  }

  /**
   * One of the entries as text.
   *
   * @throws GeneralSecurityException if it is not there
   */
  static String text(Secret secret, String entry) throws GeneralSecurityException {
    String encoded = secret.getData() == null ? null : secret.getData().get(entry);
    if (encoded == null) {
      throw new GeneralSecurityException(entry + " is missing");
    }
    try {
      return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException broken) {
      throw new GeneralSecurityException(entry + " is broken", broken);
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
