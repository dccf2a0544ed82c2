package dev.pingcheck.operator.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.kube.ApiServer;
import dev.pingcheck.link.Admission;
import dev.pingcheck.link.Credentials;
import dev.pingcheck.link.DoorLimits;
import dev.pingcheck.link.LinkClient;
import dev.pingcheck.link.LinkClientLimits;
import dev.pingcheck.link.LinkServer;
import dev.pingcheck.link.NetworkDoor;
import dev.pingcheck.link.OperatorAddress;
import dev.pingcheck.link.Placement;
import dev.pingcheck.link.PlanBook;
import dev.pingcheck.link.PlanListener;
import dev.pingcheck.link.ProbeRole;
import dev.pingcheck.link.RefusalReason;
import dev.pingcheck.link.ServingIdentity;
import dev.pingcheck.plan.ProbePlan;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Real tokens of a real API server, asked about with the rights that the operator has. */
class TokenReviewsIT {
  @RegisterExtension static final ApiServer api = new ApiServer();

  private static final Clock CLOCK = Clock.system();

  private static ProbePods pods;
  private static String node;
  private static Pod pod;
  private TokenReviews reviews;

  @BeforeAll
  static void makePods() {
    api.kubectl("apply", "-f", "k8s/rbac", "-f", "k8s/rbac-link");
    pods = new ProbePods(api);
    node = pods.node("trust-node");
    pod = pods.pod(node);
  }

  @AfterAll
  static void removePods() {
    pods.close();
  }

  @BeforeEach
  void begin() {
    reviews =
        new TokenReviews(
                new ReviewGateway(
                    api.as("pingcheck-system", "pingcheck-operator"), ProbePods.NAMESPACE),
                new Examination(
                    "system:serviceaccount:pingcheck-system:" + ProbePods.ACCOUNT,
                    "system:serviceaccount:pingcheck-system:" + ProbePods.CENTRAL_ACCOUNT),
                Clock.system())
            .start();
  }

  @AfterEach
  void end() {
    reviews.close();
  }

  private Admission examine(String token, ProbeRole role, String claimedNode) throws Exception {
    return reviews
        .examine(new Credentials(token, role, Optional.ofNullable(claimedNode), "192.0.2.1"))
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);
  }

  private RefusalReason reason(String token, ProbeRole role, String claimedNode) throws Exception {
    return ((Admission.Refused) examine(token, role, claimedNode)).reason();
  }

  private static String name(Pod pod) {
    return pod.getMetadata().getName();
  }

  @Test
  void aTokenOfAProbesPodStandsForItsNodeUntilItEnds() throws Exception {
    String token = pods.token(pod, "pingcheck");
    for (String claim : new String[] {node, null}) {
      Admission.Admitted in = (Admission.Admitted) examine(token, ProbeRole.NODE, claim);
      assertThat(in.placement()).isEqualTo(new Placement.OnNode(node, name(pod)));
      assertThat(in.until())
          .isBetween(
              Instant.now().plus(Duration.ofMinutes(5)),
              Instant.now().plus(Duration.ofMinutes(11)));
    }
  }

  @Test
  void aClaimOfAnotherNodeIsRefused() throws Exception {
    String token = pods.token(pod, "pingcheck");
    assertThat(reason(token, ProbeRole.NODE, "another")).isEqualTo(RefusalReason.OTHER_NODE);
  }

  @Test
  void aNodesTokenIsNoneOfACentralProbeNorTheOtherWayRound() throws Exception {
    String ofNode = pods.token(pod, "pingcheck");
    String central = pods.token(pods.centralPod(), "pingcheck");
    assertThat(reason(ofNode, ProbeRole.CENTRAL, null)).isEqualTo(RefusalReason.OTHER_ACCOUNT);
    assertThat(reason(ofNode, ProbeRole.CENTRAL, node)).isEqualTo(RefusalReason.OTHER_ACCOUNT);
    assertThat(reason(central, ProbeRole.NODE, null)).isEqualTo(RefusalReason.OTHER_ACCOUNT);
  }

  @Test
  void aTokenForSomebodyElseIsRefusedByUsAndByTheApiServer() throws Exception {
    String token = pods.token(pod, "vault");
    assertThat(reason(token, ProbeRole.NODE, null)).isEqualTo(RefusalReason.OTHER_AUDIENCE);
    ReviewGateway gateway =
        new ReviewGateway(api.as("pingcheck-system", "pingcheck-operator"), ProbePods.NAMESPACE);
    assertThat(gateway.review(token).getAuthenticated()).isNotEqualTo(true);
  }

  @Test
  void aTokenOfAnotherServiceAccountIsRefused() throws Exception {
    assertThat(reason(pods.unboundToken("pingcheck-operator"), ProbeRole.CENTRAL, null))
        .isEqualTo(RefusalReason.OTHER_ACCOUNT);
  }

  @Test
  void aTokenThatIsBoundToNoPodIsRefused() throws Exception {
    assertThat(reason(pods.unboundToken(ProbePods.CENTRAL_ACCOUNT), ProbeRole.CENTRAL, null))
        .isEqualTo(RefusalReason.NOT_BOUND);
  }

  @Test
  void aTokenThatAnotherKeyHasSignedIsRefused() throws Exception {
    String token = pods.token(pod, "pingcheck");
    int signature = token.lastIndexOf('.') + 1;
    char first = token.charAt(signature) == 'A' ? 'B' : 'A';
    String forged = token.substring(0, signature) + first + token.substring(signature + 1);
    assertThat(reason(forged, ProbeRole.NODE, null)).isEqualTo(RefusalReason.NOT_GENUINE);
  }

  @Test
  void aPodWithoutANodeIsLookedUpAndMayBeCentralOnly() throws Exception {
    String token = pods.token(pods.pod(null), "pingcheck");
    assertThat(reason(token, ProbeRole.NODE, null)).isEqualTo(RefusalReason.NOT_BOUND);
    Pod central = pods.centralPod();
    String centralToken = pods.token(central, "pingcheck");
    assertThat(((Admission.Admitted) examine(centralToken, ProbeRole.CENTRAL, null)).placement())
        .isEqualTo(new Placement.Central(name(central)));
  }

  @Test
  void theTokenOfAPodThatIsGoneIsRefused() throws Exception {
    Pod gone = pods.pod(node);
    String token = pods.token(gone, "pingcheck");
    assertThat(examine(token, ProbeRole.NODE, node)).isInstanceOf(Admission.Admitted.class);
    pods.delete(gone);
    // The API server remembers for ten seconds what it has said.
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .until(() ->
            examine(token, ProbeRole.NODE, node) instanceof Admission.Refused refused
                && refused.reason() == RefusalReason.NOT_GENUINE);
  }

  @Test
  void theStreamOfAProbeEndsOnceItsPodIsGone(@TempDir Path folder) throws Exception {
    Pod leaving = pods.pod(node);
    TestAuthority authority = new TestAuthority();
    Path ca = folder.resolve("ca.crt");
    TestAuthority.writeTo(ca, authority);
    Path token = Files.writeString(folder.resolve("token"), pods.token(leaving, "pingcheck"));
    List<RefusalReason> refused = Collections.synchronizedList(new ArrayList<>());
    Duration hour = Duration.ofHours(1);
    DoorLimits eachSecond = new DoorLimits(9, 9, hour, 300, hour, Duration.ofSeconds(1));
    ServingIdentity identity = authority.issue("localhost");
    try (LinkServer link =
        new LinkServer(
            folder.resolve("link.sock"), new PlanBook(), (from, report, safe) -> {}, CLOCK)) {
      link.start();
      NetworkDoor door =
          link.open(new NetworkDoor.Settings(0, () -> identity, reviews, refused::add, eachSecond));
      OperatorAddress there =
          new OperatorAddress.Remote(
              "localhost", door.port(), ca, token, ProbeRole.NODE, Optional.of(node));
      LinkClientLimits limits = LinkClientLimits.overNetwork();
      try (LinkClient probe = new LinkClient(there, "aaaaaaaa", new NoPlans(), CLOCK, limits)) {
        probe.start();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(probe::connected);

        pods.delete(leaving);

        Awaitility.await()
            .atMost(Duration.ofSeconds(120))
            .until(() -> !refused.isEmpty() && !probe.connected());
        assertThat(refused).containsOnly(RefusalReason.NOT_GENUINE);
      }
    }
  }

  /** Of a probe that is asked nothing. */
  private static final class NoPlans implements PlanListener {
    @Override
    public void snapshot(
        Collection<ProbePlan> plans, java.util.Optional<dev.pingcheck.plan.Interruption> missed) {}

    @Override
    public void put(ProbePlan plan) {}

    @Override
    public void removed(String uid) {}
  }
}
