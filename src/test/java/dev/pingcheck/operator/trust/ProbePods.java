package dev.pingcheck.operator.trust;

import dev.pingcheck.kube.ApiServer;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Pods of probes that no kubelet runs, and the tokens that it would bring them. */
public final class ProbePods implements AutoCloseable {
  public static final String NAMESPACE = "pingcheck-system";
  public static final String ACCOUNT = "pingcheck-probe";
  public static final String CENTRAL_ACCOUNT = "pingcheck-probe-central";
  private static final long SHORTEST_SECONDS = 600;

  private final ApiServer api;
  private final List<Pod> pods = Collections.synchronizedList(new ArrayList<>());
  private final List<String> nodes = Collections.synchronizedList(new ArrayList<>());

  /** The namespace must be there. */
  public ProbePods(ApiServer api) {
    this.api = api;
    for (String account : List.of(ACCOUNT, CENTRAL_ACCOUNT)) {
      api.admin()
          .resource(
              new ServiceAccountBuilder()
                  .withNewMetadata()
                  .withNamespace(NAMESPACE)
                  .withName(account)
                  .endMetadata()
                  .build())
          .serverSideApply();
    }
  }

  /** Makes a node. */
  public String node(String prefix) {
    String name =
        api.admin()
            .resource(
                new NodeBuilder()
                    .withNewMetadata()
                    .withGenerateName(prefix + "-")
                    .endMetadata()
                    .build())
            .create()
            .getMetadata()
            .getName();
    nodes.add(name);
    return name;
  }

  /**
   * Makes a pod of a node's probe.
   *
   * @param node where it is; null: nowhere yet
   */
  public Pod pod(String node) {
    return pod(ACCOUNT, node);
  }

  /** Makes a pod of a central probe, which is on no node yet. */
  public Pod centralPod() {
    return pod(CENTRAL_ACCOUNT, null);
  }

  private Pod pod(String account, String node) {
    Pod pod =
        api.admin()
            .resource(
                new PodBuilder()
                    .withNewMetadata()
                    .withNamespace(NAMESPACE)
                    .withGenerateName("trust-probe-")
                    .endMetadata()
                    .withNewSpec()
                    .withServiceAccountName(account)
                    .withNodeName(node)
                    .addNewContainer()
                    .withName("probe")
                    .withImage("pingcheck")
                    .endContainer()
                    .endSpec()
                    .build())
            .create();
    pods.add(pod);
    return pod;
  }

  /** A token that a pod's volume would hold. */
  public String token(Pod pod, String audience) {
    return request(
        pod.getSpec().getServiceAccountName(),
        new TokenRequestBuilder()
            .withNewSpec()
            .withAudiences(audience)
            .withExpirationSeconds(SHORTEST_SECONDS)
            .withNewBoundObjectRef()
            .withApiVersion("v1")
            .withKind("Pod")
            .withName(pod.getMetadata().getName())
            .withUid(pod.getMetadata().getUid())
            .endBoundObjectRef()
            .endSpec()
            .build());
  }

  /** A token that is bound to nothing. */
  public String unboundToken(String account) {
    return request(
        account,
        new TokenRequestBuilder()
            .withNewSpec()
            .withAudiences("pingcheck")
            .withExpirationSeconds(SHORTEST_SECONDS)
            .endSpec()
            .build());
  }

  private String request(String account, TokenRequest request) {
    return api.admin()
        .serviceAccounts()
        .inNamespace(NAMESPACE)
        .withName(account)
        .tokenRequest(request)
        .getStatus()
        .getToken();
  }

  /** It is gone, as if its kubelet had ended it. */
  public void delete(Pod pod) {
    api.admin().resource(pod).withGracePeriod(0).delete();
    pods.remove(pod);
  }

  @Override
  public void close() {
    List.copyOf(pods).parallelStream().forEach(this::delete);
    nodes.parallelStream().forEach(node -> api.admin().nodes().withName(node).delete());
  }
}
