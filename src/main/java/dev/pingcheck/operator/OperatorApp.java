package dev.pingcheck.operator;

import dev.pingcheck.link.LinkServer;
import dev.pingcheck.link.PlanBook;
import dev.pingcheck.operator.trust.FleetDoor;
import dev.pingcheck.report.Reporter;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.concurrent.FutureTask;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import sun.misc.Signal;

/**
 * Starts the operator in the one order that is safe: policies, caches, then all plans, then the
 * probe may dial. A probe that dialled earlier would be told to stop everything, and a check that
 * was judged before the policies are known might be pinged against them. The probe learns the plans
 * once it is clear who leads.
 */
public class OperatorApp implements QuarkusApplication {
  @Inject CheckAccess access;
  @Inject Instance<Operator> operator;
  @Inject PolicyWatch policies;
  @Inject NodeWatch nodes;
  @Inject CheckCache checks;
  @Inject WakeQueue wakes;
  @Inject ReportSource reports;
  @Inject CheckKeeper keeper;
  @Inject PlanBook plans;
  @Inject LinkServer link;
  @Inject FleetDoor door;
  @Inject LeaseElection election;
  @Inject OrderlyEnd orderly;
  @Inject PagePlace page;
  @Inject Reporter reporter;
  @Inject Leadership leadership;
  @Inject KubernetesClient client;

  @ConfigProperty(name = "pingcheck.leader-election", defaultValue = "true")
  boolean isElected;

  @Override
  public int run(String... args) throws Exception {
    FutureTask<Void> reading = new FutureTask<>(this::readPolicies);
    Thread.ofPlatform().name("first-reading").start(reading);
    Operator sdk = operator.get(); // it takes about as long to be made as the first calls take
    reading.get();
    nodes.start();
    sdk.start();
    checks.filled();
    checks.all().forEach(keeper::admit);
    page.start(checks, reporter, leadership, client); // sees all that is told from here on
    wakes.start(reports::wake);
    if (isElected) {
      link.start();
      door.start();
      election.start();
    } else {
      plans.complete();
      link.start();
      door.start();
      door.leads();
    }
    endInOrderOn("TERM");
    endInOrderOn("INT");
    Quarkus.waitForExit();
    return 0;
  }

  private Void readPolicies() throws InterruptedException {
    access.await();
    policies.start();
    return null;
  }

  /**
   * Quarkus ends all parts at once when the JVM does, also the client that gives the lease up: so
   * the signal is kept from the JVM until all is in order.
   */
  private void endInOrderOn(String signal) {
    Signal.handle(
        new Signal(signal),
        received -> {
          orderly.end();
          Quarkus.asyncExit();
        });
  }
}
