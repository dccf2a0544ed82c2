package dev.pingcheck.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.SelfSubjectReview;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ApiServerIT {
  @RegisterExtension static final ApiServer api = new ApiServer();

  @Test
  void serviceAccountIsItselfAndHasNoRightsOfItsOwn() {
    String namespace = api.newNamespace("account");
    api.admin()
        .resource(
            new ServiceAccountBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("bare")
                .endMetadata()
                .build())
        .create();

    var client = api.as(namespace, "bare");

    assertThat(
            client
                .resource(new SelfSubjectReview())
                .create()
                .getStatus()
                .getUserInfo()
                .getUsername())
        .isEqualTo("system:serviceaccount:" + namespace + ":bare");
    assertThat(
            catchThrowableOfType(
                    KubernetesClientException.class,
                    () -> client.pods().inNamespace(namespace).list())
                .getCode())
        .isEqualTo(403);
  }

  @Test
  void dataOutlivesARestartOfTheApiServer() {
    String namespace = api.newNamespace("restart");
    var map =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName("kept")
            .endMetadata()
            .withData(Map.of("a", "b"))
            .build();
    api.admin().resource(map).create();

    api.stop();
    api.start();

    assertThat(api.admin().resource(map).get().getData()).isEqualTo(Map.of("a", "b"));
  }

  @Test
  void kubectlThatFailsTellsItsSentence() {
    assertThat(catchThrowableOfType(AssertionError.class, () -> api.kubectl("get", "unicorns")))
        .hasMessage(
            "kubectl get unicorns failed: error: the server doesn't have a resource type"
                + " \"unicorns\"");
  }
}
