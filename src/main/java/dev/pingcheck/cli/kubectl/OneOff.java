package dev.pingcheck.cli.kubectl;

import dev.pingcheck.crd.OneOffMark;
import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.crd.PingCheckSpec;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/**
 * The check of one {@code run}. It bears a label, and a time of expiry that is put off as long as
 * the run lives: what a killed run leaves behind is known by that. Times are the API server's, as
 * another user's clock judges them.
 */
final class OneOff {
  static final Duration LIFE = Duration.ofMinutes(5);

  private static final int LONGEST_STEM = 40;
  private static final int ATTEMPTS = 3;
  private static final Duration BETWEEN = Duration.ofSeconds(1);
  private static final Duration TOLERATED_SKEW = Duration.ofSeconds(30);
  private static final PatchContext MERGE =
      new PatchContext.Builder().withPatchType(PatchType.JSON_MERGE).build();

  private final Cluster cluster;
  private final String name;
  private Duration skew = Duration.ZERO;
  private boolean mayBeThere;

  OneOff(Cluster cluster, String host) {
    this.cluster = cluster;
    this.name = name(host, new SecureRandom().nextInt(0x1000000));
  }

  /** A name that is valid whatever the host is, as the API server judges that. */
  static String name(String host, int random) {
    String stem = host.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    String cut = stem.substring(0, Math.min(stem.length(), LONGEST_STEM));
    return "run-%s-%06x".formatted(cut, random).replaceAll("-+", "-");
  }

  String name() {
    return name;
  }

  /** Creates it; deleting it is the caller's from before this call on. */
  void create(PingCheckSpec spec) {
    PingCheck check = new PingCheck();
    check.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(cluster.namespace())
            .withName(name)
            .addToLabels(OneOffMark.LABEL, "true")
            .addToAnnotations(OneOffMark.EXPIRES, text(Instant.now().plus(LIFE)))
            .build());
    check.setSpec(spec);
    check.setStatus(null);
    PingCheck created = created(check);
    Instant there = Instant.parse(created.getMetadata().getCreationTimestamp());
    skew = Duration.between(Instant.now(), there);
    if (skew.abs().compareTo(TOLERATED_SKEW) > 0) {
      renew();
    } else {
      skew = Duration.ZERO;
    }
  }

  private PingCheck created(PingCheck check) {
    mayBeThere = true;
    try {
      return cluster.checks().resource(check).create();
    } catch (KubernetesClientException e) {
      // Without an answer nobody knows; a refusal is certain.
      mayBeThere = ApiFault.isUnreachable(e);
      throw e;
    }
  }

  /** Puts its expiry off. What goes wrong shows elsewhere too, and does not end a run. */
  void renew() {
    String patch =
        "{\"metadata\":{\"annotations\":{\"%s\":\"%s\"}}}"
            .formatted(OneOffMark.EXPIRES, text(now().plus(LIFE)));
    try {
      cluster.checks().inNamespace(cluster.namespace()).withName(name).patch(MERGE, patch);
    } catch (KubernetesClientException e) {
      // Another attempt follows before it expires.
    }
  }

  /**
   * Deletes it, if it may be there.
   *
   * @throws Refusal with the command that does it if it cannot
   */
  void delete() throws InterruptedException {
    for (int attempt = 1; mayBeThere; attempt++) {
      try {
        cluster.checks().inNamespace(cluster.namespace()).withName(name).delete();
        return;
      } catch (KubernetesClientException e) {
        if (attempt == ATTEMPTS || !ApiFault.isUnreachable(e)) {
          throw new Refusal(
              "%s/%s was not deleted (%s); do it with: kubectl -n %s delete pingcheck %s"
                  .formatted(
                      cluster.namespace(), name, ApiFault.sentence(e), cluster.namespace(), name));
        }
        Thread.sleep(BETWEEN);
      }
    }
  }

  /** Deletes what killed runs have left in the namespace, as far as the user may, and names it. */
  List<String> clearUp() {
    try {
      return cluster
          .checks()
          .inNamespace(cluster.namespace())
          .withLabel(OneOffMark.LABEL)
          .list()
          .getItems()
          .stream()
          .filter(check -> isExpired(check.getMetadata(), now()))
          .filter(this::isDeleted)
          .map(check -> check.getMetadata().getName())
          .toList();
    } catch (KubernetesClientException e) {
      return List.of(); // it is not this run's business
    }
  }

  private boolean isDeleted(PingCheck check) {
    return !cluster.checks().resource(check).delete().isEmpty();
  }

  private Instant now() {
    return Instant.now().plus(skew);
  }

  /** Whether this is what a killed run has left. */
  static boolean isExpired(ObjectMeta of, Instant now) {
    return OneOffMark.expiry(of).filter(now::isAfter).isPresent();
  }

  private static String text(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
