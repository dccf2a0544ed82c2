package dev.pingcheck.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.kube.ApiServer;
import dev.pingcheck.plan.policy.AddressRules;
import dev.pingcheck.plan.policy.NamespacePolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PolicyWatchIT {
  @RegisterExtension static final ApiServer api = new ApiServer();

  @BeforeAll
  static void install() {
    api.installCrd();
    api.kubectl("apply", "-f", "k8s/rbac");
  }

  @Test
  void policiesAndLabelsReachTheBookAndLeaveIt() throws Exception {
    String namespace = api.newNamespace("watch");
    PolicyBook book = new PolicyBook();
    try (PolicyWatch watch =
        new PolicyWatch(api.as("pingcheck-system", "pingcheck-operator"), book)) {
      watch.start();
      assertThat(book.of(namespace)).contains(NamespacePolicy.BUILT_IN);
      apply("deny: [192.0.2.0/24]");
      assertThat(book.of(namespace)).contains(NamespacePolicy.BUILT_IN);
      api.kubectl("label", "namespace", namespace, "watch-team=shop");
      await(book, namespace, "[192.0.2.0/24]");
      apply("deny: [192.0.2.0/25]");
      await(book, namespace, "[192.0.2.0/25]");
      api.kubectl("delete", "pingpolicy", "watch-policy");
      await(book, namespace, "[]");
      String later = api.newNamespace("watch");
      Awaitility.await("the new namespace")
          .atMost(60, TimeUnit.SECONDS)
          .until(() -> book.of(later).isPresent());
    }
  }

  @Test
  void whoeverMayNotReadPoliciesWaitsUntilHeMay() throws Exception {
    String namespace = api.newNamespace("watch");
    api.kubectl("create", "serviceaccount", "reader", "-n", namespace);
    PolicyBook book = new PolicyBook();
    try (PolicyWatch watch = new PolicyWatch(api.as(namespace, "reader"), book)) {
      CompletableFuture<Void> started =
          CompletableFuture.runAsync(() -> {
            try {
              watch.start();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
      Awaitility.await().pollDelay(2, TimeUnit.SECONDS).until(() -> true);
      assertThat(started).isNotDone();
      assertThat(book.of(namespace)).isEmpty();
      api.kubectl(
          "create",
          "clusterrolebinding",
          namespace,
          "--clusterrole=pingcheck-operator",
          "--serviceaccount=" + namespace + ":reader");
      started.get(60, TimeUnit.SECONDS);
      assertThat(book.of(namespace).map(NamespacePolicy::rules)).contains(AddressRules.BUILT_IN);
    } finally {
      api.kubectl("delete", "clusterrolebinding", namespace, "--ignore-not-found");
    }
  }

  private static void await(PolicyBook book, String namespace, String denied) {
    Awaitility.await(denied)
        .atMost(60, TimeUnit.SECONDS)
        .until(() -> book.of(namespace).orElseThrow().rules().deny().toString().equals(denied));
  }

  private static void apply(String fields) throws IOException {
    Path file = Files.createTempFile("policy", ".yaml");
    Files.writeString(
        file,
        """
        apiVersion: pingcheck.dev/v1alpha1
        kind: PingPolicy
        metadata: {name: watch-policy}
        spec: {namespaceSelector: {matchLabels: {watch-team: shop}}, %s}
        """
            .formatted(fields));
    api.kubectl("apply", "-f", file.toString());
    Files.delete(file);
  }
}
