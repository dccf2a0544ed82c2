package dev.pingcheck.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.e2e.Evidence.Kept;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The image, the chart and the manifests in real pods of a real kubelet. The tests follow each
 * other on one node: what they wait for takes its time, and a node for each would take more. First
 * the life of a release of the chart, then the overlay fleet.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PodsIT {
  private static final Kept KEPT = new Kept("kept", "198.51.100.45", "");
  private static final Kept KEPT_OF_NODE =
      new Kept("kept-of-node", "198.51.100.46", Fleet.FROM_NODE);
  private static final Kept KEPT_BY_THE_NEXT =
      new Kept("kept-by-the-next", "198.51.100.47", Fleet.FROM_NODE);

  private static Node node;
  private static Pods pods;
  private static Truth truth;
  private static Separation separation;
  private static Release release;
  private static Fleet fleet;
  private static LastReports lastReports;
  private static Hanging hanging;
  private static Plugin plugin;
  private static Evidence evidence;
  private static Instant installed;

  @BeforeAll
  static void bringUp() {
    node = Node.up();
    pods = new Pods(node);
    truth = new Truth(pods);
    separation = new Separation(pods);
    release = new Release(pods, truth, separation);
    fleet = new Fleet(pods);
    lastReports = new LastReports(pods);
    hanging = new Hanging(pods);
    plugin = new Plugin(pods);
    evidence = new Evidence(pods, plugin);
    release.install();
  }

  @AfterAll
  static void takeDown() {
    if (node != null) {
      node.close();
    }
  }

  @Test
  @Order(1)
  void checksOfHostsOnTheNodeTellTheTruth() {
    truth.isToldAfter(Instant.EPOCH);
    truth.eachCrossingWasToldOnce();
  }

  @Test
  @Order(2)
  void nodeHasNoWayOut() {
    assertThat(node.run("ip", "-o", "link").lines().map(line -> line.split(": ")[1]))
        .allMatch(name -> name.matches("lo|veth.*"));
    assertThat(node.attempt("ip", "route", "get", "192.0.2.1").succeeded()).isFalse();
  }

  @Test
  @Order(3)
  void bothProcessesRunFromTheirAotCaches() {
    separation.bothProcessesRunFromTheirAotCaches();
  }

  @Test
  @Order(4)
  void probeHasNetRawAndNothingElseAndTheOperatorNoCapability() {
    separation.probeHasNetRawAndTheOperatorHasNothing();
  }

  @Test
  @Order(5)
  void probeHasNoTokenAndIsNobodyToTheApiServer() {
    separation.probeHasNoTokenAndIsNobodyToTheApiServer();
  }

  @Test
  @Order(6)
  void operatorsTokenCanDoWhatItsRolesSayAndNoMore() {
    separation.operatorsTokenCanDoWhatItsRolesSayAndNoMore();
  }

  @Test
  @Order(7)
  void pageIsReachedByPortForwardAndByNoOtherPod() {
    PageDoor door = new PageDoor(pods);
    door.leadsToThePageAndItsChecks();
    door.isOpenToNoOtherPod();
  }

  @Test
  @Order(8)
  void packetsOfABadRoundAreHadFromThePageAndByThePlugin()
      throws IOException, InterruptedException {
    evidence.begin(KEPT);
    evidence.isHad(KEPT, evidence.ofALoss(KEPT));
    separation.probeHasNetRawAndTheOperatorHasNothing();
    evidence.end(KEPT);
  }

  @Test
  @Order(9)
  void pluginAnswersFromTheCluster() {
    plugin.saysWhyACheckIsBad();
    plugin.listsTheWorstFirst();
    plugin.pingsFromTheCluster();
  }

  @Test
  @Order(10)
  void helmUpgradeToTheRestrictedModeEndsInOrderAndNoCrossingIsLostOrToldTwice() {
    release.upgrade();
  }

  @Test
  @Order(11)
  void helmRollbackBringsNetRawBackAndTakesTheFleetAway() {
    release.rollback();
  }

  @Test
  @Order(12)
  void helmUninstallLeavesTheChecks() {
    release.uninstall();
  }

  @Test
  @Order(13)
  void overlayFleetIsInstalledWithNoMorePrivileges() {
    pods.install("fleet");
    installed = Instant.now();
    fleet.begin();
    hanging.begin();
    separation.probeHasNetRawAndTheOperatorHasNothing();
  }

  @Test
  @Order(14)
  void checkOfANodeIsPingedByItsProbeWhichDialsTheServiceByTls() {
    fleet.checkIsPingedFromItsNode();
  }

  @Test
  @Order(15)
  void nodesProbeHasNetRawAndATokenThatTheApiServerDoesNotTake() {
    fleet.probeHasNetRawAndATokenThatTheApiServerDoesNotTake();
  }

  @Test
  @Order(16)
  void probeWhoseTokenIsForAnotherAudienceIsRefusedAndCounted() {
    fleet.probeWhoseTokenIsForAnotherAudienceIsRefusedAndCounted();
  }

  @Test
  @Order(17)
  void packetsOfABadRoundOfANodesProbeAreHadToo() throws IOException, InterruptedException {
    evidence.begin(KEPT_OF_NODE);
    evidence.begin(KEPT_BY_THE_NEXT);
    evidence.isHad(KEPT_OF_NODE, evidence.ofALoss(KEPT_OF_NODE));
    Privileges.areThose(pods, pods.nodeProbes().getFirst(), Privileges.NET_RAW, "0");
  }

  @Test
  @Order(18)
  void checksOfTheReleaseGoOnAndNoCrossingIsLostOrToldTwice() {
    truth.isToldAfter(installed);
    truth.eachCrossingWasToldOnce();
  }

  @Test
  @Order(19)
  void linksSocketIsReachedByItsGroupAlone() {
    separation.linksSocketIsReachedByItsGroupAlone();
  }

  @Test
  @Order(20)
  void roundTripTimesAreTheNetworksWhenTheProcessorIsShort() throws IOException {
    RoundTrips.areTheNetworksWhenTheProcessorIsShort(pods);
  }

  @Test
  @Order(21)
  void whatHangsIsKilledAndStandsByAgain() {
    hanging.isKilledAndStandsByAgain();
  }

  @Test
  @Order(22)
  void packetsOfANodesProbeAreHadAfterAChangeOfLeader() throws IOException, InterruptedException {
    evidence.changeLeader();
    evidence.isHad(KEPT_BY_THE_NEXT, evidence.ofALoss(KEPT_BY_THE_NEXT));
    pods.rolledOut(Pods.OPERATORS);
    evidence.isStillHad(KEPT_OF_NODE);
  }

  @Test
  @Order(23)
  void nothingSettledIsLostWhenAPodOfTheFleetIsDeleted() {
    lastReports.ofAPodOfTheFleetThatIsDeleted();
  }

  @Test
  @Order(24)
  void nothingSettledIsLostWhenAProbesContainerIsStopped() {
    lastReports.ofAContainerThatIsStopped();
  }

  @Test
  @Order(25)
  void logsAreJsonOneObjectALine() {
    new Logs(pods).areJsonOneObjectALine();
  }

  @Test
  @Order(26)
  void nothingSettledIsLostWhenTheLeadersPodIsDeleted() {
    lastReports.ofTheLeadersPodThatIsDeleted();
  }

  @Test
  @Order(27)
  void nodeThatIsKilledLeavesNothingBehind() throws IOException {
    node.leavesNothingBehindWhenItIsKilled(
        CpuQuota.group(pods, pods.containers("probe").getFirst()));
  }
}
