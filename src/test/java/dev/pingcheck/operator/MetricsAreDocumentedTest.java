package dev.pingcheck.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.crd.Outage;
import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.crd.RecentTurns;
import dev.pingcheck.crd.SourceStatus;
import dev.pingcheck.evidence.EvidenceFolder;
import dev.pingcheck.evidence.EvidenceMetrics;
import dev.pingcheck.link.Placement;
import dev.pingcheck.link.PlanBook;
import dev.pingcheck.monitoring.Series;
import dev.pingcheck.operator.trust.TrustMeters;
import dev.pingcheck.report.calls.CallMeter;
import dev.pingcheck.report.metrics.CheckMetrics;
import dev.pingcheck.report.metrics.NamespaceMetrics;
import dev.pingcheck.report.metrics.ProbeMetrics;
import dev.pingcheck.report.metrics.WriteMetrics;
import dev.pingcheck.report.status.Patience;
import dev.pingcheck.report.status.WriteBudget;
import dev.pingcheck.report.status.WriteGate;
import dev.pingcheck.stats.AddressRound;
import dev.pingcheck.stats.EngineHealth;
import dev.pingcheck.stats.LossReason;
import dev.pingcheck.stats.Pacing;
import dev.pingcheck.stats.ProbeHealth;
import dev.pingcheck.stats.Replies;
import dev.pingcheck.stats.Resolution;
import dev.pingcheck.stats.RoundId;
import dev.pingcheck.stats.RoundReport;
import dev.pingcheck.stats.Setback;
import dev.pingcheck.stats.SetbackCause;
import dev.pingcheck.stats.StrayKind;
import dev.pingcheck.stats.Strays;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that can be counted is counted once, and docs/metrics.md has that and no more. */
class MetricsAreDocumentedTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path folder;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  @Test
  void pageOfDocumentationHasEachSeriesWithItsTypeAndItsLabelsAndNoOther() throws IOException {
    checks();
    probes();
    operator();
    assertThat(Series.exposed(registry.scrape())).isEqualTo(Series.documented());
  }

  @Test
  void everyRowOfTheDocumentationStandsInATable() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("docs/metrics.md"));
    for (int row = 1; row < lines.size(); row++) {
      if (lines.get(row).startsWith("| `pingcheck_")) {
        assertThat(lines.get(row - 1)).as("the line before %s", lines.get(row)).startsWith("|");
      }
    }
  }

  private void checks() {
    CheckMetrics checks = new CheckMetrics(registry);
    checks.status(
        new ObjectMetaBuilder().withUid("uid").withNamespace("default").withName("check").build(),
        status());
    RoundReport found =
        report(List.of(round()), Resolution.stale("No answer.", Duration.ofHours(1)));
    checks.round("uid", "default", "check", found);
    checks.round("uid", "default", "check", report(List.of(), Resolution.failed("NXDOMAIN")));
    checks.source("uid", "default", "check", "node-1", found);
    SourceStatus source = new SourceStatus();
    source.setNode("node-1");
    source.setHealthy(true);
    checks.sources("uid", List.of(source));
    new NamespaceMetrics(registry).show("default", new NamespaceMetrics.Use(1, 100, 0, 0.5, 50));
  }

  private static PingCheckStatus status() {
    RecentTurns flapping = new RecentTurns();
    flapping.setFlappingSince(AT);
    Outage open = new Outage();
    open.setReason("LossThresholdExceeded");
    SourceStatus silent = new SourceStatus();
    silent.setReason("ProbeSilent");
    PingCheckStatus status = new PingCheckStatus();
    status.setTurns(List.of(flapping));
    status.setOutages(List.of(open));
    status.setSources(List.of(silent, new SourceStatus()));
    status.setConditions(
        List.of(
            new ConditionBuilder()
                .withType("Healthy")
                .withStatus("False")
                .withReason("LossThresholdExceeded")
                .build()));
    return status;
  }

  private static AddressRound round() {
    return new AddressRound(
        "192.0.2.1",
        4,
        new Replies(3, List.of(1_000_000L, 2_000_000L), 0, OptionalInt.empty(), Optional.of(AT)),
        Map.of(LossReason.TIMEOUT, 1),
        Strays.of(StrayKind.LATE, 1),
        Optional.of(AT));
  }

  private static RoundReport report(List<AddressRound> rounds, Resolution resolution) {
    return new RoundReport(
        "uid",
        1,
        new RoundId("0123abcd", 1),
        AT,
        AT.plusSeconds(1),
        resolution,
        rounds,
        new Pacing(1, Map.of(SetbackCause.PROBE_BUDGET, new Setback(1, 1, 1))));
  }

  private void probes() {
    ProbeFigures probes = new ProbeFigures(new ProbeMetrics(registry));
    EngineHealth engine = new EngineHealth(EngineHealth.Sockets.RAW, 1, 2, 3, 4);
    for (Placement at :
        List.of(
            new Placement.Beside(),
            new Placement.Central("pod"),
            new Placement.OnNode("node", "pod"))) {
      probes.joined(at, "0123abcd");
      probes.told(at, "0123abcd", new ProbeHealth(engine, 5, 6));
    }
    TrustMeters.show(registry);
  }

  private void operator() {
    Clock clock = Clock.system();
    OperatorBeans beans = new OperatorBeans();
    Leadership leadership = new LeaderBeans().leadership(false, registry, clock);
    beans.keeper(null, new PlanBook(), new ReportInbox(), null, leadership, registry, clock);
    Patience patience = new Patience(clock);
    WriteBudget budget = new WriteBudget(30);
    WriteMetrics.show(
        registry,
        budget,
        new WriteGate(
            budget,
            new WriteGate.Limits(200, 1, 1),
            patience,
            clock,
            RandomGenerator.getDefault()));
    new EvidenceMetrics(
        registry, new EvidenceFolder(folder.resolve("evidence"), EvidenceFolder.Limits.DEFAULT));
    new CallMeter(registry, patience)
        .afterConnectionFailure(anyRequest(), new IOException("refused"));
  }

  private static HttpRequest anyRequest() {
    return (HttpRequest)
        Proxy.newProxyInstance(
            HttpRequest.class.getClassLoader(),
            new Class<?>[] {HttpRequest.class},
            (_, method, _) ->
                method.getName().equals("uri") ? URI.create("https://api/api/v1/nodes") : "GET");
  }
}
