package dev.pingcheck.kube;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * A real etcd and kube-apiserver for tests: {@code @RegisterExtension static final ApiServer api =
 * new ApiServer();}. All test classes of a JVM share one; it ends with the JVM's last test. A test
 * works in a namespace of its own, see {@link #newNamespace}. A program has one of its own from
 * {@link #open}.
 */
public final class ApiServer implements BeforeAllCallback, AfterAllCallback, AutoCloseable {
  private static final Path SHARED = Path.of("target/api-server");
  private static final Path CRD = Path.of("k8s/crd/pingchecks.pingcheck.dev.yaml");

  private final List<KubernetesClient> clients = new ArrayList<>();
  private final Cluster cluster;
  private KubernetesClient admin;

  public ApiServer() {
    this(SHARED);
  }

  private ApiServer(Path state) {
    cluster = new Cluster(state);
  }

  /**
   * Starts an empty one outside of a test; it ends with {@link #close} or with the JVM.
   *
   * @param state the folder of its files, which nobody else uses at this time
   * @throws IllegalStateException with a sentence when it cannot be started
   */
  public static ApiServer open(Path state) {
    ApiServer api = new ApiServer(state);
    api.cluster.up();
    api.admin = api.client(api.kubeconfig());
    return api;
  }

  /** Ends what {@link #open} started. */
  @Override
  public void close() {
    closeClients();
    cluster.close();
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    // Never cast: a test framework may load this class twice, and both shall share one server.
    context
        .getRoot()
        .getStore(Namespace.create("dev.pingcheck.kube.ApiServer"))
        .computeIfAbsent("cluster", _ -> cluster.up());
    admin = client(kubeconfig());
  }

  @Override
  public void afterAll(ExtensionContext context) {
    closeClients();
  }

  private void closeClients() {
    clients.forEach(KubernetesClient::close);
    clients.clear();
  }

  /** A client that may do everything; closed after the test class. */
  public KubernetesClient admin() {
    return admin;
  }

  /** A client with a token of this ServiceAccount, which must exist; closed after the class. */
  public KubernetesClient as(String namespace, String serviceAccount) {
    return client(kubeconfig(namespace, serviceAccount));
  }

  /** The administrator's kubeconfig. */
  public Path kubeconfig() {
    return Path.of(cluster.script("kubeconfig").strip());
  }

  /** A kubeconfig with a token of this ServiceAccount, which must exist. */
  public Path kubeconfig(String namespace, String serviceAccount) {
    return Path.of(
        cluster
            .script("kubeconfig", "--service-account", namespace + "/" + serviceAccount)
            .strip());
  }

  /** Brings the CRD of this working copy in and waits until the API server serves it. */
  public void installCrd() {
    kubectl("apply", "--server-side", "--force-conflicts", "-f", CRD.toString());
    kubectl("wait", "--for=condition=Established", "--timeout=30s", "-f", CRD.toString());
  }

  /** Makes an empty namespace and returns its name: the prefix and random letters. */
  public String newNamespace(String prefix) {
    return admin
        .namespaces()
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withGenerateName(prefix + "-")
                .endMetadata()
                .build())
        .create()
        .getMetadata()
        .getName();
  }

  /**
   * Runs kubectl as administrator.
   *
   * @return its standard output
   * @throws AssertionError with what it says when it fails
   */
  public String kubectl(String... arguments) {
    List<String> command = new ArrayList<>(List.of(Cluster.binary("kubectl")));
    command.addAll(List.of(arguments));
    Script.Result result = Script.run(Map.of("KUBECONFIG", kubeconfig().toString()), 60, command);
    if (result.exitCode() != 0) {
      throw new AssertionError(
          "kubectl " + String.join(" ", arguments) + " failed: " + result.err().strip());
    }
    return result.out();
  }

  /** Ends the API server; etcd goes on. What a test stops it starts again. */
  public void stop() {
    cluster.script("stop-apiserver");
  }

  /** Starts the API server again on the same port, and waits until it is ready. */
  public void start() {
    cluster.script("up");
  }

  private KubernetesClient client(Path kubeconfig) {
    KubernetesClient client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
            .build();
    clients.add(client);
    return client;
  }
}
