package dev.pingcheck.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.kube.ApiServer;
import dev.pingcheck.kube.OwnFolder;
import dev.pingcheck.lab.Lab;
import dev.pingcheck.lab.LabHost;
import dev.pingcheck.monitoring.Alerts;
import dev.pingcheck.monitoring.DashboardQueries.Asked;
import dev.pingcheck.monitoring.Prometheus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * A site with all that a dashboard can show: checks that are well and checks that are not, a fleet,
 * and a Prometheus that has its eyes on them.
 */
final class MonitoredSite implements AutoCloseable {
  /** So long may a test wait for what must come, on a slow machine. */
  static final int PATIENCE_SECONDS = 90;

  /** Of the shortened rules and of the queries. */
  static final String RANGE = "10s";

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final Lab lab;
  private final Pipeline pipeline;
  private final Fleet fleet;
  private final Prometheus prometheus;

  /** Builds it and waits until the operator knows how each check is. */
  MonitoredSite(ApiServer api) throws Exception {
    try {
      lab =
          opened(
              Lab.builder()
                  .hosts("well", "lossy", "dead", "mended", "revived")
                  .name("well.lab.test", "well")
                  .open());
      int linkPort = Pipeline.freePort();
      pipeline =
          opened(new Pipeline(api, lab))
              .withOperatorOptions(
                  "-Dpingcheck.link.names=localhost", "--link-port", Integer.toString(linkPort))
              .start();
      fleet = opened(new Fleet(api, linkPort));
      Path folder = Files.createDirectories(OwnFolder.of("prometheus-" + pipeline.namespace()));
      prometheus = opened(new Prometheus(folder, pipeline.httpPort(), quickRules()));
      applyChecks();
    } catch (Exception failed) {
      close();
      throw failed;
    }
  }

  private <T extends AutoCloseable> T opened(T part) {
    opened.push(part);
    return part;
  }

  private void applyChecks() {
    host("lossy").dropOneIn(2);
    host("dead").dropAll();
    pipeline.apply("healthy", "well.lab.test");
    pipeline.apply("dualstack", "well.lab.test", "ipFamily: DualStack");
    pipeline.apply("lossy", host("lossy").address4());
    pipeline.apply("dead", host("dead").address4());
    pipeline.apply("unresolved", "nobody.lab.test");
    pipeline.apply("forbidden", "127.0.0.1");
    pipeline.apply("fleet", "192.0.2.99", fleet.from());
    pipeline.apply("silent", "192.0.2.99", "from: {nodeSelector: {nobody: is-here}}");
    pipeline.awaitCondition("healthy", "Healthy", "True");
    pipeline.awaitCondition("dualstack", "Healthy", "True");
    pipeline.awaitCondition("dead", "Healthy", "False");
    pipeline.awaitCondition("forbidden", "Accepted", "False");
  }

  /** The rules as they are, but for minutes and days that are seconds. */
  private static String quickRules() throws IOException {
    return Files.readString(Alerts.SOURCE)
        .replaceAll("(for|keep_firing_for|interval): [0-9]+m", "$1: 1s")
        .replaceAll("\\[[0-9]+m]", "[" + RANGE + "]")
        .replace("[1d] offset 1h", "[30s] offset 5s");
  }

  Pipeline pipeline() {
    return pipeline;
  }

  Prometheus prometheus() {
    return prometheus;
  }

  LabHost host(String name) {
    return lab.host(name);
  }

  /** The one node of the fleet, from which the check {@code fleet} is pinged. */
  String node() {
    return fleet.node();
  }

  /** What the operator serves. */
  String page() {
    String answer = pipeline.http("/q/metrics");
    assertThat(answer).startsWith("200\n");
    return answer.substring("200\n".length());
  }

  /** What a dashboard asks when this check is chosen. */
  String query(Asked asked, String check) {
    return asked.of(pipeline.namespace(), check, RANGE);
  }

  /** The query for an alert that fires for a check. */
  String firing(String alert, String check) {
    return "ALERTS{alertname=\"%s\",alertstate=\"firing\",namespace=\"%s\",name=\"%s\"}"
        .formatted(alert, pipeline.namespace(), check);
  }

  void await(String what, String query) {
    Awaitility.await(what + ": " + query)
        .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .until(() -> !prometheus.query(query).isEmpty());
  }

  void awaitNothing(String what, String query) {
    Awaitility.await(what + ": " + query)
        .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .until(() -> prometheus.query(query).isEmpty());
  }

  @Override
  public void close() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }
}
