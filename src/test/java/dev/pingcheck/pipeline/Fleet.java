package dev.pingcheck.pipeline;

import dev.pingcheck.kube.ApiServer;
import dev.pingcheck.kube.OwnFolder;
import dev.pingcheck.link.OperatorAddress;
import dev.pingcheck.link.ProbeRole;
import dev.pingcheck.operator.trust.ProbePods;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * A fleet of one node, whose probe is let in, a stranger, who never is, and one that comes and goes
 * without a check to ping.
 */
final class Fleet implements AutoCloseable {
  private final ProbePods pods;
  private final String node;
  private final Path folder;
  private final List<NodeProbe> probes;
  private final ScheduledExecutorService visits = Executors.newSingleThreadScheduledExecutor();

  /**
   * Dials an operator on loopback.
   *
   * @param port at which it waits for probes under the name localhost
   */
  Fleet(ApiServer api, int port) throws IOException {
    pods = new ProbePods(api);
    node = pods.node("fleet");
    api.kubectl("label", "node", node, "probe=" + node);
    folder = Files.createDirectories(OwnFolder.of("fleet-" + node));
    Files.writeString(folder.resolve("ca.crt"), authority(api).getData().get("ca.crt"));
    probes =
        List.of(
            new NodeProbe(operator(port, node, token(node))),
            new NodeProbe(operator(port, "stranger", "nobodys-token")));
    String other = pods.node("visitor");
    OperatorAddress visited = operator(port, other, token(other));
    visits.scheduleAtFixedRate(() -> visit(visited), 0, 4, TimeUnit.SECONDS);
  }

  private static void visit(OperatorAddress operator) {
    try (NodeProbe visitor = new NodeProbe(operator)) {
      TimeUnit.SECONDS.sleep(2);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private String token(String of) {
    return pods.token(pods.pod(of), "pingcheck");
  }

  private static ConfigMap authority(ApiServer api) {
    return Awaitility.await("probes are told whom to trust")
        .atMost(Pipeline.PATIENCE_SECONDS, TimeUnit.SECONDS)
        .until(
            () ->
                api.admin()
                    .configMaps()
                    .inNamespace(ProbePods.NAMESPACE)
                    .withName("pingcheck-link-ca")
                    .get(),
            found -> found != null);
  }

  /**
   * The operator for a probe.
   *
   * @param who its node
   */
  private OperatorAddress operator(int port, String who, String token) throws IOException {
    return new OperatorAddress.Remote(
        "localhost",
        port,
        folder.resolve("ca.crt"),
        Files.writeString(folder.resolve(who), token),
        ProbeRole.NODE,
        Optional.of(who));
  }

  /** The line of a spec that has a check pinged from this node alone. */
  String from() {
    return "from: {nodeSelector: {probe: " + node + "}}";
  }

  String node() {
    return node;
  }

  @Override
  public void close() {
    visits.shutdownNow();
    probes.forEach(NodeProbe::close);
    pods.close();
  }
}
