package dev.pingcheck.operator.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.clock.FakeClock;
import dev.pingcheck.kube.ApiServer;
import dev.pingcheck.link.ServingIdentity;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The operators' certificate on a real API server, as years go by on a clock of the test's. */
class SharedTrustIT {
  @RegisterExtension static final ApiServer api = new ApiServer();

  private final FakeClock clock = new FakeClock();
  private String namespace;

  @BeforeEach
  void makeNamespace() {
    namespace = api.newNamespace("trust");
  }

  private SharedTrust operator() {
    Rotation rotation = new Rotation(new LinkedHashSet<>(List.of("pingcheck.example.com")));
    return new SharedTrust(api.admin(), namespace, rotation, clock);
  }

  private Secret secret() {
    return api.admin().secrets().inNamespace(namespace).withName("pingcheck-link-tls").get();
  }

  private ConfigMap configMap() {
    return api.admin().configMaps().inNamespace(namespace).withName("pingcheck-link-ca").get();
  }

  private List<X509Certificate> toldToProbes() throws Exception {
    return Pem.certificates(configMap().getData().get("ca.crt"));
  }

  private static X509Certificate shown(SharedTrust operator) {
    return operator.current().orElseThrow().chain().getFirst();
  }

  /** Makes or replaces the Secret as somebody who is no operator does. */
  private void writeForeignSecret(Map<String, String> text) {
    Secret secret =
        new io.fabric8.kubernetes.api.model.SecretBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName("pingcheck-link-tls")
            .endMetadata()
            .withStringData(text)
            .build();
    api.admin().resource(secret).create();
  }

  @Test
  void theFirstOperatorMakesAllAndTheNextOneAndARestartFindIt() throws Exception {
    SharedTrust first = operator();
    assertThat(first.look()).isEmpty();
    assertThat(secret().getType()).isEqualTo("kubernetes.io/tls");
    assertThat(toldToProbes()).isEqualTo(TrustSecret.read(secret()).bundle());
    String version = secret().getMetadata().getResourceVersion();

    SharedTrust restarted = operator();
    assertThat(restarted.look()).isEmpty();

    assertThat(restarted.current()).isEqualTo(first.current());
    assertThat(secret().getMetadata().getResourceVersion()).isEqualTo(version);
  }

  @Test
  void operatorsThatBeginAtOnceEndWithOneCertificate() throws Exception {
    int count = 4;
    List<SharedTrust> operators =
        java.util.stream.Stream.generate(this::operator).limit(count).toList();
    CyclicBarrier together = new CyclicBarrier(count);
    try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
      List<Future<Optional<String>>> looks =
          operators.stream()
              .map(operator ->
                  threads.submit(() -> {
                    together.await();
                    return operator.look();
                  }))
              .toList();
      for (Future<Optional<String>> look : looks) {
        assertThat(look.get(60, TimeUnit.SECONDS)).isEmpty();
      }
    }
    // Each may have shown its own for a moment; a look later all agree, also with what probes
    // trust.
    operators.forEach(operator -> assertThat(operator.look()).isEmpty());
    assertThat(operators.stream().map(SharedTrustIT::shown).distinct()).hasSize(1);
    assertThat(toldToProbes()).isEqualTo(TrustSecret.read(secret()).bundle());
    assertThat(TrustSecret.read(secret()).serving().chain().getFirst())
        .isEqualTo(shown(operators.getFirst()));
  }

  @Test
  void whatOneOperatorReplacesTheOtherShows() {
    SharedTrust one = operator();
    SharedTrust other = operator();
    assertThat(one.look()).isEmpty();
    assertThat(other.look()).isEmpty();
    X509Certificate first = shown(one);
    clock.advance(Duration.ofDays(30));
    assertThat(other.look()).isEmpty();
    assertThat(shown(other)).isNotEqualTo(first);
    assertThat(one.look()).isEmpty();
    assertThat(shown(one)).isEqualTo(shown(other));
  }

  @Test
  void probesAreToldOfANewAuthorityADayBeforeItSigns() throws Exception {
    SharedTrust operator = operator();
    assertThat(operator.look()).isEmpty();
    X509Certificate old = toldToProbes().getFirst();
    clock.advance(Duration.ofDays(240));
    assertThat(operator.look()).isEmpty();
    assertThat(toldToProbes()).hasSize(2).contains(old);
    assertThat(shown(operator).getIssuerX500Principal()).isEqualTo(old.getSubjectX500Principal());
    clock.advance(Duration.ofDays(1));
    assertThat(operator.look()).isEmpty();
    assertThat(shown(operator).getIssuerX500Principal())
        .isEqualTo(toldToProbes().getFirst().getSubjectX500Principal())
        .isNotEqualTo(old.getSubjectX500Principal());
    assertThat(secret().getData()).doesNotContainKey("ca-next.key");
  }

  @Test
  void aBrokenSecretOfTheOperatorsIsMadeAnew() throws Exception {
    SharedTrust operator = operator();
    assertThat(operator.look()).isEmpty();
    api.kubectl(
        "-n",
        namespace,
        "patch",
        "secret",
        "pingcheck-link-tls",
        "--type=json",
        "-p",
        "[{\"op\":\"remove\",\"path\":\"/data/ca.key\"}]");
    X509Certificate before = shown(operator);
    assertThat(operator.look()).isEmpty();
    assertThat(shown(operator)).isNotEqualTo(before);
    assertThat(toldToProbes()).isEqualTo(TrustSecret.read(secret()).bundle());
  }

  @Test
  void aSecretOfSomebodyElseIsUsedAndNeverWritten() throws Exception {
    Trust theirs =
        new Rotation(new LinkedHashSet<>(List.of("pingcheck.example.com"))).begin(clock.now());
    ServingIdentity serving = theirs.serving();
    writeForeignSecret(
        Map.of(
            "tls.crt", Pem.ofCertificates(serving.chain()),
            "tls.key", Pem.ofKey(serving.key()),
            "ca.crt", Pem.ofCertificates(theirs.bundle())));
    Secret written = secret();
    SharedTrust operator = operator();
    clock.advance(Duration.ofDays(80));
    assertThat(operator.look()).isEmpty();
    assertThat(operator.current()).contains(serving);
    assertThat(toldToProbes()).isEqualTo(theirs.bundle());
    assertThat(secret()).isEqualTo(written);
  }

  @Test
  void aBrokenSecretOfSomebodyElseIsLeftAloneWithASentence() {
    writeForeignSecret(Map.of("tls.crt", "nothing", "tls.key", "nothing"));
    Secret written = secret();
    SharedTrust operator = operator();
    assertThat(operator.look().orElseThrow())
        .startsWith(
            "The Secret pingcheck-link-tls was not made by an operator and cannot be used (")
        .endsWith("): mend it, or delete it and one is made.");
    assertThat(operator.current()).isEmpty();
    assertThat(secret()).isEqualTo(written);
    assertThat(configMap()).isNull();
  }

  @Test
  void aConfigMapOfSomebodyElseIsLeftAloneWithASentence() {
    api.kubectl(
        "-n",
        namespace,
        "create",
        "configmap",
        "pingcheck-link-ca",
        "--from-literal=ca.crt=theirs");
    SharedTrust operator = operator();
    assertThat(operator.look().orElseThrow())
        .startsWith("The ConfigMap pingcheck-link-ca was not made by an operator");
    assertThat(operator.current()).isPresent();
    assertThat(configMap().getData()).isEqualTo(Map.of("ca.crt", "theirs"));
  }
}
