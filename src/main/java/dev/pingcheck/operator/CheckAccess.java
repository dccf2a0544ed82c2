package dev.pingcheck.operator;

import dev.pingcheck.crd.PingCheck;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.inject.Singleton;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Optional;

/** Whether the PingChecks of the cluster can be read, and if not, what to do about it. */
@Singleton
class CheckAccess {
  private static final System.Logger LOG = System.getLogger(CheckAccess.class.getName());
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final KubernetesClient client;

  CheckAccess(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Waits as long as it takes, and says why whenever the reason is another: an operator that ended
   * instead would be started again and again, and its probe with it.
   */
  void await() throws InterruptedException {
    String said = "";
    for (Optional<String> obstacle = obstacle(); obstacle.isPresent(); obstacle = obstacle()) {
      if (!obstacle.get().equals(said)) {
        said = obstacle.get();
        String sentence = said;
        LOG.log(System.Logger.Level.WARNING, () -> sentence + " Waiting for that.");
      }
      Thread.sleep(PAUSE);
    }
    if (!said.isEmpty()) {
      LOG.log(System.Logger.Level.INFO, "PingChecks can be read: going on.");
    }
  }

  /** A sentence if they cannot be read at this moment. Asks the API server for one of them. */
  Optional<String> obstacle() {
    try {
      client
          .resources(PingCheck.class)
          .inAnyNamespace()
          .list(new ListOptionsBuilder().withLimit(1L).build());
      return Optional.empty();
    } catch (KubernetesClientException e) {
      return Optional.of(
          switch (e.getCode()) {
            case HttpURLConnection.HTTP_NOT_FOUND ->
                "The API server does not know PingChecks: apply their CRD (k8s/crd).";
            case HttpURLConnection.HTTP_FORBIDDEN ->
                "This operator may not list PingChecks: apply its rights (k8s/rbac).";
            case HttpURLConnection.HTTP_UNAUTHORIZED ->
                "The API server does not accept this operator's token: look at its ServiceAccount.";
            default -> "The API server does not list PingChecks: " + e.getMessage();
          });
    }
  }
}
