package dev.pingcheck.once;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.crd.Outage;
import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.kube.ApiServer;
import dev.pingcheck.once.Debugger.Place;
import dev.pingcheck.once.Told.Crossing;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An operator that dies before or after any of its writes tells a crossing once all the same. */
class CrashPointIT {
  @RegisterExtension static final ApiServer api = new ApiServer();

  private static final String STATUS = "dev.pingcheck.report.status.StatusWriter";
  private static final String EVENTS = "dev.pingcheck.report.events.EventWriter";
  private static final String LINK = "dev.pingcheck.link.";

  /** Where it dies, in the order in which a round of two crossings comes there. */
  enum Point {
    BEFORE_THE_STATUS(new Place(STATUS, "write", false, 1)),
    AFTER_THE_STATUS(new Place(STATUS, "write", true, 1)),
    BEFORE_THE_ACKNOWLEDGEMENT(new Place(LINK + "ProbeRecord", "safe", false, 1)),
    AFTER_THE_ACKNOWLEDGEMENT(new Place(LINK + "ProbeSession", "acknowledge", true, 1)),
    BEFORE_THE_FIRST_EVENT(new Place(EVENTS, "say", false, 1)),
    AFTER_THE_FIRST_EVENT(new Place(EVENTS, "say", true, 1)),
    BEFORE_THE_SECOND_EVENT(new Place(EVENTS, "say", false, 2)),
    AFTER_THE_SECOND_EVENT(new Place(EVENTS, "say", true, 2)),
    BEFORE_THE_CONFIRMATION(new Place(STATUS, "write", false, 1)),
    AFTER_THE_CONFIRMATION(new Place(STATUS, "write", true, 1));

    private final Place place;

    Point(Place place) {
      this.place = place;
    }
  }

  private static Processes processes;
  private static Replica replica;
  private static ScriptedProbe probe;
  private static Told told;

  @BeforeAll
  static void start() {
    api.installCrdAfresh();
    api.kubectl("apply", "-f", "k8s/rbac");
    processes = new Processes();
    told = new Told(api, api.newNamespace("crash"));
    replica =
        new Replica(
            processes,
            "crashing",
            api.kubeconfig("pingcheck-system", "pingcheck-operator"),
            "--no-leader-election");
    replica.debugPort();
    probe = new ScriptedProbe(replica.socket());
    replica.startOperator().awaitReady();
  }

  @AfterAll
  static void stop() {
    told.close();
    probe.close();
    replica.close();
    processes.close();
  }

  @ParameterizedTest
  @EnumSource(Point.class)
  void aCrossingIsToldOnceWhereverTheOperatorDies(Point point) throws InterruptedException {
    String check = point.name().toLowerCase(Locale.ROOT).replace('_', '-');
    told.create(check, "1h");
    awaitStatus(check, status -> probe.knows(check));
    probe.round(check, World.State.GOOD);
    awaitStatus(check, status -> status.getLastRound() != null);

    Instant crossed = crossAndDie(check, point);

    replica.startOperator().awaitReady();
    Awaitility.await(check).atMost(60, TimeUnit.SECONDS).until(() -> told.count(check) >= 2);
    probe.round(check, World.State.LOSSY_AND_SLOW);
    awaitStatus(check, status -> status.getUnconfirmedEvents().isEmpty());
    assertThat(told.stored(check))
        .containsExactly(
            new Crossing(check, "LossThresholdExceeded", crossed),
            new Crossing(check, "RttThresholdExceeded", crossed));
    assertThat(told.count(check)).as("events there have ever been").isEqualTo(2);
    assertThat(told.check(check).getStatus().getOutages())
        .extracting(Outage::getStart)
        .containsExactly(crossed, crossed);
  }

  private static Instant crossAndDie(String check, Point point) throws InterruptedException {
    boolean isAboutConfirmation = point.compareTo(Point.BEFORE_THE_CONFIRMATION) >= 0;
    Instant crossed = Instant.MIN;
    if (isAboutConfirmation) {
      crossed = probe.round(check, World.State.LOSSY_AND_SLOW).orElseThrow();
      Awaitility.await(check).atMost(60, TimeUnit.SECONDS).until(() -> told.count(check) == 2);
    }
    Debugger debugger = new Debugger(replica.debugPort(), point.place);
    Instant round = probe.round(check, World.State.LOSSY_AND_SLOW).orElseThrow();
    debugger.killThere(replica.operator(), Duration.ofSeconds(60));
    return isAboutConfirmation ? crossed : round;
  }

  private static void awaitStatus(String check, Predicate<PingCheckStatus> wanted) {
    Awaitility.await(check)
        .atMost(60, TimeUnit.SECONDS)
        .until(() -> told.check(check).getStatus(), now -> now != null && wanted.test(now));
  }
}
