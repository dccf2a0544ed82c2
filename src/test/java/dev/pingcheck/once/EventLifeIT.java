package dev.pingcheck.once;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.kube.ApiServer;
import dev.pingcheck.kube.OwnFolder;
import dev.pingcheck.once.Debugger.Place;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An API server that forgets events after seconds: what has aged out does not come back. */
class EventLifeIT {
  private static final String TTL = "10s";
  private static final String CHECK = "gateway";

  private static ApiServer api;

  private Processes processes;
  private Told told;
  private Replica replica;
  private ScriptedProbe probe;

  @BeforeAll
  static void open() {
    api = ApiServer.open(OwnFolder.of("api-server-short-events"), "--event-ttl=" + TTL);
    api.installCrdAfresh();
    api.kubectl("apply", "-f", "k8s/rbac");
  }

  @AfterAll
  static void end() {
    api.close();
  }

  @BeforeEach
  void start() {
    processes = new Processes();
    told = new Told(api, api.newNamespace("aged"));
    told.create(CHECK, "1h");
    replica =
        new Replica(
            processes,
            "operator",
            api.kubeconfig("pingcheck-system", "pingcheck-operator"),
            "--no-leader-election",
            "--event-ttl",
            TTL);
    replica.debugPort();
    probe = new ScriptedProbe(replica.socket());
    replica.startOperator().awaitReady();
    Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> probe.knows(CHECK));
    probe.round(CHECK, World.State.GOOD);
    await("the first round", () -> told.check(CHECK).getStatus().getLastRound() != null);
  }

  @AfterEach
  void stop() {
    told.close();
    probe.close();
    replica.close();
    processes.close();
  }

  @Test
  void anEventIsConfirmedWithoutAnyFurtherRound() {
    probe.round(CHECK, World.State.LOSSY);
    await("the event", () -> told.count(CHECK) == 1);
    await("no doubt", () -> told.check(CHECK).getStatus().getUnconfirmedEvents().isEmpty());
    assertNotToldAgain();
  }

  @Test
  void anEventWhoseOperatorDiedBeforeTheConfirmationDoesNotComeBackEither()
      throws InterruptedException {
    Debugger debugger =
        new Debugger(
            replica.debugPort(),
            new Place("dev.pingcheck.report.events.EventWriter", "say", true, 1));
    probe.round(CHECK, World.State.LOSSY);
    debugger.killThere(replica.operator(), Duration.ofSeconds(60));
    await("the event", () -> told.count(CHECK) == 1);
    assertThat(told.check(CHECK).getStatus().getUnconfirmedEvents()).hasSize(1);
    assertNotToldAgain();
    assertThat(told.check(CHECK).getStatus().getOutages()).hasSize(1);
  }

  private void assertNotToldAgain() {
    Processes.kill(replica.operator());
    await("the API server has forgotten it", () -> told.stored(CHECK).isEmpty());
    replica.startOperator().awaitReady();
    probe.round(CHECK, World.State.LOSSY);
    await("no doubt", () -> told.check(CHECK).getStatus().getUnconfirmedEvents().isEmpty());
    Awaitility.await().pollDelay(3, TimeUnit.SECONDS).until(() -> true); // for one too many
    assertThat(told.stored(CHECK)).isEmpty();
    assertThat(told.count(CHECK)).as("events there have ever been").isEqualTo(1);
  }

  private static void await(String what, java.util.concurrent.Callable<Boolean> condition) {
    Awaitility.await(what).atMost(60, TimeUnit.SECONDS).until(condition);
  }
}
