package dev.pingcheck.report.status;

import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.crd.PingCheckStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.Optional;

/**
 * Writes a whole status by one server-side-apply patch, as a field manager of its own: nothing of
 * anybody else is touched, and writing the same twice changes nothing. The patch names the version
 * of the check that the status was judged from, so that an operator which has slept, or has lost
 * the lead, never writes over what another has found meanwhile.
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
   * @param resourceVersion the version of the check that the status builds on
   * @throws KubernetesClientException if the API server did not take it and may later
   */
  public WriteOutcome write(PingCheck check, PingCheckStatus status, String resourceVersion) {
    PingCheck patch = new PingCheck();
    patch.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(check.getMetadata().getNamespace())
            .withName(check.getMetadata().getName())
            .withUid(check.getMetadata().getUid())
            .withResourceVersion(resourceVersion)
            .build());
    patch.setSpec(null);
    patch.setStatus(status);
    try {
      PingCheck written = client.resource(patch).subresource("status").patch(APPLY);
      return new WriteOutcome.Written(written.getMetadata().getResourceVersion());
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        return asItIs(check);
      }
      if (isGone(check, e)) {
        return new WriteOutcome.Gone();
      }
      throw e;
    }
  }

  private WriteOutcome asItIs(PingCheck check) {
    Resource<PingCheck> resource =
        client
            .resources(PingCheck.class)
            .inNamespace(check.getMetadata().getNamespace())
            .withName(check.getMetadata().getName());
    return Optional.ofNullable(resource.get())
        .filter(now -> now.getMetadata().getUid().equals(check.getMetadata().getUid()))
        .<WriteOutcome>map(WriteOutcome.Overtaken::new)
        .orElseGet(WriteOutcome.Gone::new);
  }

  /** Only a refusal that names the check: an API server that is starting knows no paths at all. */
  private static boolean isGone(PingCheck check, KubernetesClientException e) {
    return e.getCode() == HttpURLConnection.HTTP_NOT_FOUND
        && Optional.ofNullable(e.getStatus())
            .map(status -> status.getDetails())
            .map(StatusDetails::getName)
            .filter(check.getMetadata().getName()::equals)
            .isPresent();
  }
}
