package dev.pingcheck.kube;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
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
  private static final Path SHARED = OwnFolder.of("api-server");
  private static final Path CRDS = Path.of("k8s/crd");
  private static final int PATIENCE_SECONDS = 120;

  private final List<KubernetesClient> clients = new ArrayList<>();
  private final Cluster cluster;
  private KubernetesClient admin;

  public ApiServer() {
    this(SHARED);
  }

  private ApiServer(Path state, String... flags) {
    cluster = new Cluster(state, flags);
  }

  /**
   * Starts an empty one outside of a test; it ends with {@link #close} or with the JVM.
   *
   * @param state the folder of its files, which nobody else uses at this time
   * @param flags further ones of kube-apiserver, such as {@code --event-ttl=20s}
   * @throws IllegalStateException with a sentence when it cannot be started
   */
  public static ApiServer open(Path state, String... flags) {
    ApiServer api = new ApiServer(state, flags);
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
    return cluster.file("admin.kubeconfig");
  }

  /** A kubeconfig with a token of this ServiceAccount, which must exist. */
  public Path kubeconfig(String namespace, String serviceAccount) {
    return Path.of(
        cluster
            .script("kubeconfig", "--service-account", namespace + "/" + serviceAccount)
            .strip());
  }

  /** Brings the CRDs of this working copy in and waits until the API server serves them. */
  public void installCrd() {
    kubectl("apply", "--server-side", "--force-conflicts", "-f", CRDS.toString());
    awaitCrds("-f", CRDS.toString());
  }

  /**
   * Waits until the API server serves these CRDs. One that has no conditions yet lets kubectl fail
   * instead of wait.
   */
  public void awaitCrds(String... which) {
    String[] wait =
        Stream.concat(
                Stream.of("wait", "--for=condition=Established", "--timeout=30s"), Stream.of(which))
            .toArray(String[]::new);
    Awaitility.await("the CRDs are served")
        .atMost(120, TimeUnit.SECONDS)
        .untilAsserted(() -> kubectl(wait));
  }

  /** The same, with no check or policy that an earlier test has left: an operator sees them all. */
  public void installCrdAfresh() {
    installCrd();
    kubectl("delete", "pingchecks", "--all", "--all-namespaces");
    kubectl("delete", "pingpolicies", "--all");
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
    return run("kubectl", Cluster.binary("kubectl"), arguments);
  }

  /**
   * Runs helm as administrator.
   *
   * @return its standard output
   * @throws AssertionError with what it says when it fails
   */
  public String helm(String... arguments) {
    return run("helm", Cluster.nodeBinary("helm"), arguments);
  }

  /**
   * Runs a line of a page in bash as administrator, with this kubectl and helm.
   *
   * @return its standard output
   * @throws AssertionError with what it says when it fails
   */
  public String shell(String line) {
    Map<String, String> environment = Map.of("KUBECONFIG", kubeconfig().toString(), "PATH", path());
    Script.Result result =
        Script.run(environment, PATIENCE_SECONDS, List.of("bash", "-euo", "pipefail", "-c", line));
    if (result.exitCode() != 0) {
      throw new AssertionError(line + " failed: " + result.err().strip());
    }
    return result.out();
  }

  /** A PATH with this kubectl and helm before all else. */
  public String path() {
    return Path.of(Cluster.binary("kubectl")).getParent()
        + ":"
        + Path.of(Cluster.nodeBinary("helm")).getParent()
        + ":"
        + System.getenv("PATH");
  }

  private String run(String name, String binary, String... arguments) {
    List<String> command = new ArrayList<>(List.of(binary));
    command.addAll(List.of(arguments));
    Script.Result result =
        Script.run(Map.of("KUBECONFIG", kubeconfig().toString()), PATIENCE_SECONDS, command);
    if (result.exitCode() != 0) {
      throw new AssertionError(
          name + " " + String.join(" ", arguments) + " failed: " + result.err().strip());
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

  /**
   * Kills a part without warning; {@link #start} starts it again.
   *
   * @param part {@code etcd} or {@code kube-apiserver}
   */
  public void kill(String part) {
    cluster.kill(part);
  }

  /** The certificate of the authority that the API server's is signed by. */
  public Path authority() {
    return cluster.file("pki/ca.crt");
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
