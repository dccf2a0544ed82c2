package dev.pingcheck.cli.kubectl;

import dev.pingcheck.crd.PingCheck;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.Optional;

/**
 * The user's way to a cluster.
 *
 * @param namespace in which to look
 */
record Cluster(KubernetesClient client, String namespace) implements AutoCloseable {

  MixedOperation<PingCheck, KubernetesResourceList<PingCheck>, Resource<PingCheck>> checks() {
    return client.resources(PingCheck.class);
  }

  /**
   * A check of the namespace.
   *
   * @throws Refusal if there is none
   */
  PingCheck check(String name) {
    return Optional.ofNullable(checks().inNamespace(namespace).withName(name).get())
        .orElseThrow(() -> new Refusal(missing(name)));
  }

  /** The API server says the same of a check that is not there and of a kind that is not there. */
  private String missing(String name) {
    return client.getApiGroup("pingcheck.dev") == null
        ? ApiFault.NO_CRD
        : "there is no PingCheck %s in the namespace %s: kubectl get pingchecks -A lists all"
            .formatted(name, namespace);
  }

  @Override
  public void close() {
    client.close();
  }
}
