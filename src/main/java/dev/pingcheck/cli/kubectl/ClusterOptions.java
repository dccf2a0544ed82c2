package dev.pingcheck.cli.kubectl;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Which cluster, as kubectl is told. */
final class ClusterOptions {
  private static final int CONNECT_MILLIS = 5_000;
  private static final int REQUEST_MILLIS = 15_000;

  @Option(
      names = "--kubeconfig",
      paramLabel = "PATH",
      description = "Default: the environment variable KUBECONFIG, else ~/.kube/config.")
  private Path kubeconfig;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "Default: the kubeconfig's current context.")
  private String context;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description = "Default: the namespace of the context, else default.")
  private String namespace;

  /**
   * Makes a client; nothing is asked of the API server yet.
   *
   * @throws Refusal if the kubeconfig does not name a cluster
   */
  Cluster open() {
    if (kubeconfig != null) {
      if (!Files.isReadable(kubeconfig)) {
        throw new Refusal(
            kubeconfig + " cannot be read: name a kubeconfig that you may read by --kubeconfig");
      }
      System.setProperty("kubeconfig", kubeconfig.toString());
    }
    Config config = Config.autoConfigure(context);
    check(config);
    Config patient =
        new ConfigBuilder(config)
            .withConnectionTimeout(CONNECT_MILLIS)
            .withRequestTimeout(REQUEST_MILLIS)
            // Who waits at a terminal wants to know at once.
            .withRequestRetryBackoffLimit(0)
            .build();
    String where =
        Objects.requireNonNullElseGet(
            namespace, () -> Objects.requireNonNullElse(config.getNamespace(), "default"));
    return new Cluster(client(patient), where);
  }

  /** The build takes the name of this factory out of its jar, where it would be looked for. */
  private static KubernetesClient client(Config config) {
    return new KubernetesClientBuilder()
        .withHttpClientFactory(new VertxHttpClientFactory())
        .withConfig(config)
        .build();
  }

  private void check(Config config) {
    boolean isKnown =
        context == null
            || config.getContexts().stream().anyMatch(each -> context.equals(each.getName()));
    if (!isKnown) {
      throw new Refusal(
          "the kubeconfig has no context %s; it has: %s"
              .formatted(
                  context,
                  config.getContexts().stream()
                      .map(each -> each.getName())
                      .sorted()
                      .collect(Collectors.joining(", "))));
    }
    boolean isInPod = System.getenv("KUBERNETES_SERVICE_HOST") != null;
    if (config.getCurrentContext() == null && !isInPod) {
      throw new Refusal(
          "no kubeconfig names a cluster: set KUBECONFIG, or name one by --kubeconfig");
    }
  }
}
