package dev.pingcheck.report.status;

import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.crd.PingCheckStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;

/**
 * Writes a whole status by one server-side-apply patch, as a field manager of its own: nothing is
 * read before, nothing of anybody else is touched, and writing the same twice changes nothing.
 */
public final class StatusWriter {

  /** The field manager of everything in {@code status}. */
  public static final String FIELD_MANAGER = "pingcheck-status";

  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager(FIELD_MANAGER)
          .withForce(true)
          .build();

  private final KubernetesClient client;

  public StatusWriter(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Writes the status of exactly this check: its UID is part of the patch, so that the status of a
   * deleted check never lands on a new one of the same name.
   *
   * @return false if that check is gone, so that there is nothing to write any more
   * @throws KubernetesClientException if the API server did not take it and may later
   */
  public boolean write(PingCheck check, PingCheckStatus status) {
    PingCheck patch = new PingCheck();
    patch.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(check.getMetadata().getNamespace())
            .withName(check.getMetadata().getName())
            .withUid(check.getMetadata().getUid())
            .build());
    patch.setSpec(null);
    patch.setStatus(status);
    try {
      client.resource(patch).subresource("status").patch(APPLY);
      return true;
    } catch (KubernetesClientException e) {
      if (isGone(e)) {
        return false;
      }
      throw e;
    }
  }

  private static boolean isGone(KubernetesClientException e) {
    boolean another =
        e.getCode() == HttpURLConnection.HTTP_CONFLICT
            && String.valueOf(e.getMessage()).contains("Precondition failed: UID");
    return another || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
  }
}
