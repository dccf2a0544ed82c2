package dev.pingcheck.operator;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.report.calls.CallMeter;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.quarkus.kubernetes.client.KubernetesClientObjectMapper;
import io.quarkus.kubernetes.client.KubernetesResources;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The clients of the API server; all of their calls are counted. */
@Singleton
class ApiClients {

  /** In place of the one of Quarkus, for the sake of {@link SharingSerialization}. */
  @Produces
  @Singleton
  KubernetesSerialization serialization(
      @KubernetesClientObjectMapper ObjectMapper mapper,
      @SuppressWarnings("rawtypes") @KubernetesResources Class[] kinds) {
    KubernetesSerialization made = new SharingSerialization(mapper);
    for (Class<?> kind : kinds) {
      made.registerKubernetesResource(kind.asSubclass(KubernetesResource.class));
    }
    return made;
  }

  /** In place of the one of Quarkus, which counts nothing. */
  @Produces
  @ApplicationScoped
  KubernetesClient client(KubernetesSerialization serialization, Config config, CallMeter meter) {
    return new KubernetesClientBuilder()
        .withKubernetesSerialization(serialization)
        .withConfig(config)
        .withHttpClientBuilderConsumer(
            http -> http.addOrReplaceInterceptor(CallMeter.class.getName(), meter))
        .build();
  }

  /**
   * Hands the cached check itself to each turn: the SDK copies it by way of JSON for reconcilers
   * that change it, at hundreds of turns a second. The {@link CheckKeeper} only reads it.
   */
  private static final class SharingSerialization extends KubernetesSerialization {
    SharingSerialization(ObjectMapper mapper) {
      super(mapper, false);
    }

    @Override
    public <T> T clone(T resource) {
      return resource instanceof PingCheck ? resource : super.clone(resource);
    }
  }

  void close(@Disposes KubernetesClient client) {
    client.close();
  }

  /**
   * The same, for writes. It repeats nothing by itself: a refused call would hold its thread for
   * minutes, and the check's next turn repeats it anyway, by then with newer words.
   */
  static KubernetesClient forWrites(KubernetesClient client) {
    return client
        .adapt(NamespacedKubernetesClient.class)
        .withRequestConfig(new RequestConfigBuilder().withRequestRetryBackoffLimit(0).build())
        .call(once -> once);
  }
}
