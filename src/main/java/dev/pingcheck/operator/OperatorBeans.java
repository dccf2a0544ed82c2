package dev.pingcheck.operator;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.link.LinkServer;
import dev.pingcheck.link.PlanBook;
import dev.pingcheck.plan.ProbePlan;
import dev.pingcheck.plan.ProbePlan.CheckRef;
import dev.pingcheck.report.Reporter;
import dev.pingcheck.report.events.EventWriter;
import dev.pingcheck.report.metrics.CheckMetrics;
import dev.pingcheck.report.status.StatusWriter;
import dev.pingcheck.report.status.WriteBudget;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the parts of the operator together; each knows only what it is given here. */
@Singleton
class OperatorBeans {

  @Produces
  @Singleton
  Clock clock() {
    return Clock.system();
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
  Reporter reporter(
      KubernetesClient client,
      MeterRegistry registry,
      Clock clock,
      @ConfigProperty(name = "pingcheck.status.writes-per-second", defaultValue = "30")
          double writesPerSecond) {
    return new Reporter(
        new StatusWriter(client)::write,
        new EventWriter(client, instance())::say,
        new CheckMetrics(registry),
        new WriteBudget(writesPerSecond),
        clock,
        RandomGenerator.getDefault());
  }

  @Produces
  @Singleton
  CheckKeeper keeper(PlanBook plans, ReportInbox inbox, Reporter reporter, Clock clock) {
    return new CheckKeeper(plans, inbox, reporter, clock);
  }

  @Produces
  @Singleton
  LinkServer link(
      @ConfigProperty(name = "pingcheck.socket", defaultValue = "/run/pingcheck/link.sock")
          Path socket,
      PlanBook plans,
      ReportInbox inbox,
      ReportSource reports,
      Clock clock) {
    return new LinkServer(
        socket,
        plans,
        (report, safe) -> {
          Optional<CheckRef> check = plans.find(report.checkUid()).map(ProbePlan::check);
          if (check.isEmpty()) {
            safe.run(); // deleted or suspended while its round was under way
            return;
          }
          inbox.put(new ReportInbox.Delivery(report, safe));
          if (plans.find(report.checkUid()).isEmpty()) { // deleted just now: nobody will take it
            inbox.take(report.checkUid()).forEach(delivery -> delivery.safe().run());
          }
          reports.wake(check.get().namespace(), check.get().name());
        },
        clock);
  }

  /** The pod's name is its host name. */
  private static String instance() {
    try {
      String name = InetAddress.getLocalHost().getHostName();
      return name.length() <= 128 ? name : name.substring(0, 128);
    } catch (UnknownHostException e) {
      return "pingcheck-operator";
    }
  }
}
