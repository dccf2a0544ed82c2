package dev.pingcheck.operator.trust;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.authentication.TokenReview;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/** Asks the API server about tokens and pods. */
class ReviewGateway {
  private final KubernetesClient client;
  private final String namespace;

  /**
   * @param client one that answers or gives up within seconds
   * @param namespace where the probes' pods are
   */
  ReviewGateway(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /**
   * A TokenReview (authentication.k8s.io/v1).
   *
   * @throws KubernetesClientException if there is no answer
   */
  TokenReviewStatus review(String token) {
    TokenReview asked =
        new TokenReviewBuilder()
            .withNewSpec()
            .withToken(token)
            .withAudiences(Examination.AUDIENCE)
            .endSpec()
            .build();
    TokenReview answered = client.tokenReviews().create(asked);
    if (answered == null || answered.getStatus() == null) {
      throw new KubernetesClientException("the API server has left a TokenReview without a status");
    }
    return answered.getStatus();
  }

  /**
   * The node of this very pod; empty if it is gone or has none yet.
   *
   * @throws KubernetesClientException if there is no answer
   */
  Optional<String> nodeOf(Examination.Pod asked) {
    Pod pod = client.pods().inNamespace(namespace).withName(asked.name()).get();
    return Optional.ofNullable(pod)
        .filter(found -> found.getMetadata().getUid().equals(asked.uid()))
        .map(found -> found.getSpec().getNodeName());
  }
}
