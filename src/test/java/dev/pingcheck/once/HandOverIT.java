package dev.pingcheck.once;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.kube.ApiServer;
import dev.pingcheck.once.Told.Crossing;
import dev.pingcheck.plan.Interruption;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two operators, one of which leads: whatever becomes of it, each crossing is told once. */
class HandOverIT {
  @RegisterExtension static final ApiServer api = new ApiServer();

  private static final String CHECK = "gateway";

  private Processes processes;
  private FaultyProxy proxy;
  private Told told;
  private Pod first;
  private Pod second;

  /** A replica whose probe lives here, so that its plans can be counted. */
  private record Pod(Replica replica, ScriptedProbe probe) {}

  @BeforeEach
  void start(TestInfo test) {
    api.installCrdAfresh();
    api.kubectl("apply", "-f", "k8s/rbac");
    lease().delete();
    processes = new Processes();
    told = new Told(api, api.newNamespace("hand-over"));
    told.create(CHECK, "1h");
    Path account = api.kubeconfig("pingcheck-system", "pingcheck-operator");
    proxy = new FaultyProxy(api);
    first = pod("first", proxy.kubeconfig(account));
    await("the first leads", () -> first.replica.leads() && first.probe.plans() == 1);
    second = pod("second", account);
    second.replica.awaitReady();
    round(first, World.State.GOOD);
  }

  @AfterEach
  void stop() {
    proxy.heal();
    told.close();
    for (Pod pod : List.of(first, second)) {
      pod.probe.close();
      pod.replica.close();
    }
    proxy.close();
    processes.close();
  }

  private Pod pod(String name, Path kubeconfig) {
    Replica replica = new Replica(processes, name, kubeconfig);
    return new Pod(replica.startOperator(), new ScriptedProbe(replica.socket()));
  }

  @Test
  void aStandbyIsReadyAndHasItsProbeRest() {
    assertThat(second.replica.leads()).isFalse();
    assertThat(second.probe.plans()).isZero();
    assertThat(told.count(CHECK)).isZero();
  }

  @Test
  void aLeaderThatIsKilledIsFollowed() {
    Crossing before = cross(first, World.State.LOSSY, "LossThresholdExceeded");
    Processes.kill(first.replica.operator());
    await("the second leads", () -> second.replica.leads() && second.probe.plans() == 1);
    round(second, World.State.LOSSY);
    Crossing after = cross(second, World.State.GOOD, "LossRecovered");
    first.replica.startOperator().awaitReady();
    await("the first rests", () -> first.probe.plans() == 0);
    assertOnly(before, after);
  }

  @Test
  void aReportThatTheKilledLeaderNeverToldIsNotMixedUpWithThoseOfTheNext() {
    Crossing before = cross(first, World.State.LOSSY, "LossThresholdExceeded");
    Processes.kill(first.replica.operator());
    first.probe.round(CHECK, World.State.GOOD);
    await("the second leads", () -> second.probe.plans() == 1);
    round(second, World.State.LOSSY);
    first.replica.startOperator().awaitReady();
    await("the first rests", () -> first.probe.plans() == 0);
    Processes.terminate(second.replica.operator());
    await("the first leads", () -> first.replica.leads() && first.probe.plans() == 1);
    round(first, World.State.LOSSY);
    assertOnly(before);
  }

  @Test
  void aLeaderThatIsToldToEndHandsOverBeforeItsLeaseWouldHaveEnded() {
    Processes.terminate(first.replica.operator());
    Lease released = lease().get();
    await("the second leads", () -> second.replica.leads() && second.probe.plans() == 1);
    Lease taken = lease().get();
    assertThat(taken.getSpec().getHolderIdentity()).isEqualTo("second");
    assertThat(
            Duration.between(released.getSpec().getRenewTime(), taken.getSpec().getAcquireTime()))
        .isLessThan(Duration.ofSeconds(released.getSpec().getLeaseDurationSeconds()));
    assertOnly(cross(second, World.State.LOSSY, "LossThresholdExceeded"));
  }

  @Test
  void aPodThatEndsHandsOverWhereItsRoundsHaveStopped() {
    Instant begunUntil = Instant.now();
    first.probe.leave(begunUntil);
    first.replica.operator().destroy(); // waits for its probe
    Crossing last = cross(first, World.State.LOSSY, "LossThresholdExceeded");
    first.probe.close();
    await("the second leads", () -> second.replica.leads() && second.probe.plans() == 1);
    Interruption left = second.probe.interruption().orElseThrow();
    assertThat(left.since()).isEqualTo(begunUntil);
    assertThat(left.brokenOff()).as("as it did not say that all is told").isPresent();
    round(second, World.State.LOSSY);
    assertOnly(last);
  }

  @Test
  void aLeaderThatSleptBeyondItsLeaseTellsNothingWhenItWakes() {
    Processes.pause(first.replica.operator());
    first.probe.round(CHECK, World.State.LOSSY);
    await("the second leads", () -> second.replica.leads() && second.probe.plans() == 1);
    Crossing after = cross(second, World.State.LOSSY, "LossThresholdExceeded");
    Processes.resume(first.replica.operator());
    await("the first rests", () -> first.probe.plans() == 0);
    round(second, World.State.LOSSY);
    assertOnly(after);
    assertThat(told.check(CHECK).getStatus().getOutages()).hasSize(1);
  }

  @Test
  void aLeaderThatIsCutOffWritesOverNothingWhenItsPacketsComeThrough() {
    Crossing before = cross(first, World.State.LOSSY, "LossThresholdExceeded");
    proxy.cut();
    first.probe.round(CHECK, World.State.GOOD);
    await("the second leads", () -> second.replica.leads() && second.probe.plans() == 1);
    Crossing recovered = cross(second, World.State.GOOD, "LossRecovered");
    Crossing again = cross(second, World.State.LOSSY, "LossThresholdExceeded");
    proxy.heal();
    await("the first rests", () -> first.probe.plans() == 0);
    round(second, World.State.LOSSY);
    assertOnly(before, recovered, again);
    assertThat(told.check(CHECK).getStatus().getOutages()).hasSize(2);
  }

  @Test
  void aLeaderThatNobodyFollowedGoesOnWithWhatItHasJudgedMeanwhile() {
    Processes.terminate(second.replica.operator());
    proxy.cut();
    await("the first is not sure", () -> !first.replica.leads());
    assertThat(first.probe.plans()).isEqualTo(1);
    var down = first.probe.round(CHECK, World.State.LOSSY).orElseThrow();
    await("the next millisecond", () -> Instant.now().isAfter(down.plusMillis(1)));
    var up = first.probe.round(CHECK, World.State.GOOD).orElseThrow();
    proxy.heal();
    await("the first leads", () -> first.replica.leads());
    await("both are told", () -> told.count(CHECK) == 2);
    assertOnly(
        new Crossing(CHECK, "LossThresholdExceeded", down),
        new Crossing(CHECK, "LossRecovered", up));
  }

  /** A round that is bound to be told as this crossing. */
  private Crossing cross(Pod by, World.State found, String reason) {
    int before = told.count(CHECK);
    Crossing crossing = new Crossing(CHECK, reason, by.probe.round(CHECK, found).orElseThrow());
    await(reason, () -> told.count(CHECK) == before + 1);
    return crossing;
  }

  /** A round that is bound to come into the status. */
  private void round(Pod by, World.State found) {
    String before = lastRound();
    assertThat(by.probe.round(CHECK, found)).isPresent();
    await("a round is told", () -> !lastRound().equals(before));
  }

  private String lastRound() {
    var status = told.check(CHECK).getStatus();
    return status == null || status.getLastRound() == null ? "" : status.getLastRound().getId();
  }

  private void assertOnly(Crossing... crossings) {
    Awaitility.await().pollDelay(3, TimeUnit.SECONDS).until(() -> true); // for one too many
    assertThat(told.stored(CHECK)).containsExactly(crossings);
    assertThat(told.count(CHECK)).as("events there have ever been").isEqualTo(crossings.length);
  }

  private static io.fabric8.kubernetes.client.dsl.Resource<Lease> lease() {
    return api.admin().leases().inNamespace("pingcheck-system").withName("pingcheck-operator");
  }

  private static void await(String what, Callable<Boolean> condition) {
    Awaitility.await(what).atMost(120, TimeUnit.SECONDS).until(condition);
  }
}
