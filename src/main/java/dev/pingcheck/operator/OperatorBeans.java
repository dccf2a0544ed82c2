package dev.pingcheck.operator;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.evidence.EvidenceDesk;
import dev.pingcheck.link.LinkServer;
import dev.pingcheck.link.PlanBook;
import dev.pingcheck.report.EventTeller;
import dev.pingcheck.report.Reporter;
import dev.pingcheck.report.calls.CallMeter;
import dev.pingcheck.report.events.EventLife;
import dev.pingcheck.report.events.EventWriter;
import dev.pingcheck.report.metrics.CheckMetrics;
import dev.pingcheck.report.metrics.NamespaceMetrics;
import dev.pingcheck.report.metrics.ProbeMetrics;
import dev.pingcheck.report.metrics.WriteMetrics;
import dev.pingcheck.report.status.Patience;
import dev.pingcheck.report.status.StatusWriter;
import dev.pingcheck.report.status.WriteBudget;
import dev.pingcheck.report.status.WriteGate;
import dev.pingcheck.trace.Tracer;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the parts of the operator together; each knows only what it is given here. */
@Singleton
class OperatorBeans {
  static final String DEFAULT_SOCKET = "/run/pingcheck/link.sock";

  @Produces
  @Singleton
  Clock clock() {
    return Clock.system();
  }

  /** Off unless a receiver is named; then nothing of it is loaded. */
  @Produces
  @Singleton
  Tracer tracer(
      @ConfigProperty(name = "pingcheck.traces.endpoint") Optional<String> endpoint, Clock clock) {
    return Traced.tracer(endpoint, instance(), clock);
  }

  void close(@Disposes Tracer tracer) {
    tracer.close();
  }

  @Produces
  @Singleton
  PlanBook plans() {
    return new PlanBook();
  }

  @Produces
  @Singleton
  ReportInbox inbox() {
    return new ReportInbox();
  }

  @Produces
  @Singleton
  Patience patience(Clock clock) {
    return new Patience(clock);
  }

  @Produces
  @Singleton
  CallMeter callMeter(MeterRegistry registry, Patience patience) {
    return new CallMeter(registry, patience);
  }

  @Produces
  @Singleton
  WriteBudget budget(
      @ConfigProperty(name = "pingcheck.status.writes-per-second", defaultValue = "30")
          double writesPerSecond) {
    return new WriteBudget(writesPerSecond);
  }

  @Produces
  @Singleton
  WriteGate gate(
      WriteBudget budget,
      Patience patience,
      Clock clock,
      @ConfigProperty(name = "pingcheck.status.first-writes-per-second", defaultValue = "200")
          double firstPerSecond,
      @ConfigProperty(name = "quarkus.operator-sdk.concurrent-reconciliation-threads")
          int threads) {
    // Figures and first words together leave a quarter of the threads to transitions.
    int half = Math.max(1, threads / 2);
    int quarter = Math.max(1, threads / 4);
    return new WriteGate(
        budget,
        new WriteGate.Limits(firstPerSecond, half, quarter),
        patience,
        clock,
        RandomGenerator.getDefault());
  }

  @Produces
  @Singleton
  CheckMetrics checkMetrics(
      MeterRegistry registry,
      @ConfigProperty(name = "pingcheck.metrics.checks", defaultValue = "" + CheckMetrics.MOST)
          int checks,
      @ConfigProperty(
              name = "pingcheck.metrics.nodes",
              defaultValue = "" + CheckMetrics.MOST_SOURCES)
          int nodes) {
    return new CheckMetrics(registry, checks, nodes);
  }

  @Produces
  @Singleton
  Reporter reporter(
      KubernetesClient client,
      MeterRegistry registry,
      WriteBudget budget,
      WriteGate gate,
      Instance<ReportSource> reports,
      EvidenceDesk evidence,
      Tracer tracer,
      Clock clock,
      CheckMetrics metrics,
      @ConfigProperty(name = "pingcheck.events.ttl", defaultValue = "1h") Duration eventTtl) {
    KubernetesClient writes = ApiClients.forWrites(client);
    WriteMetrics.show(registry, budget, gate);
    return new Reporter(
        Traced.statuses(tracer, new StatusWriter(writes)::write),
        new EventTeller(
            Traced.events(
                tracer, new EventsAndEvidence(new EventWriter(writes, instance()), evidence)),
            new EventLife(eventTtl),
            clock),
        metrics,
        budget,
        gate,
        (namespace, name) -> reports.get().wake(namespace, name),
        clock);
  }

  @Produces
  @Singleton
  CheckKeeper keeper(
      Governor governor,
      PlanBook plans,
      ReportInbox inbox,
      Reporter reporter,
      Leadership leadership,
      MeterRegistry registry,
      Clock clock) {
    CheckKeeper keeper = new CheckKeeper(governor, plans, inbox, reporter, leadership, clock);
    Gauge.builder("pingcheck.checks.planned", plans, PlanBook::size)
        .description("Checks that the probe is asked to ping, or would be if this operator led")
        .strongReference(true)
        .register(registry);
    Gauge.builder("pingcheck.checks.remembered", keeper, CheckKeeper::remembered)
        .description("Entries in all tables of checks: 0 when there are none, else a leak")
        .strongReference(true)
        .register(registry);
    return keeper;
  }

  @Produces
  @Singleton
  PolicyBook policies() {
    return new PolicyBook();
  }

  @Produces
  @Singleton
  PolicyWatch policyWatch(KubernetesClient client, PolicyBook policies) {
    return new PolicyWatch(client, policies);
  }

  /** Which nodes there are, and where probes stand, concerns the checks that name nodes. */
  @Produces
  @Singleton
  NodeWatch nodeWatch(KubernetesClient client, PlanBook plans, CheckCache checks, WakeQueue wakes) {
    plans
        .nodes()
        .onChange(node ->
            checks
                .all()
                .filter(NodeWatch::isConcerned)
                .map(PingCheck::getMetadata)
                .forEach(of -> wakes.add(of.getNamespace(), of.getName())));
    return new NodeWatch(client, plans.nodes());
  }

  @Produces
  @Singleton
  CheckCache checks() {
    return new CheckCache();
  }

  @Produces
  @Singleton
  WakeQueue wakes() {
    return new WakeQueue();
  }

  @Produces
  @Singleton
  Governor governor(
      PolicyBook policies,
      CheckCache checks,
      WakeQueue wakes,
      PlanBook plans,
      MeterRegistry registry,
      Clock clock) {
    return new Governor(
        policies,
        checks::in,
        wakes::add,
        new NamespaceMetrics(registry),
        nodes -> plans.nodes().matching(nodes).size(),
        clock);
  }

  @Produces
  @Singleton
  LinkServer link(
      @ConfigProperty(name = "pingcheck.socket", defaultValue = DEFAULT_SOCKET) Path socket,
      PlanBook plans,
      ReportInbox inbox,
      ReportSource reports,
      Leadership leadership,
      EvidenceDesk evidence,
      MeterRegistry registry,
      Clock clock) {
    LinkServer server =
        new LinkServer(
            socket,
            plans,
            new ReportIntake(plans, inbox, leadership, reports::wake),
            new ProbeFigures(new ProbeMetrics(registry)),
            clock);
    server.evidence(evidence);
    return server;
  }

  private static String instance() {
    String name = Identity.host();
    return name.length() <= 128 ? name : name.substring(0, 128);
  }
}
