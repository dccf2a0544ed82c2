package dev.pingcheck.operator.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.link.Admission;
import dev.pingcheck.link.Credentials;
import dev.pingcheck.link.Placement;
import dev.pingcheck.link.ProbeRole;
import dev.pingcheck.link.RefusalReason;
import dev.pingcheck.operator.trust.Examination.Finding;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewStatus;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewStatusBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExaminationTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant END = NOW.plus(Duration.ofHours(1));

  private final Examination examination = new Examination(Tokens.ACCOUNT, Tokens.CENTRAL_ACCOUNT);
  private final TokenClaims claims = claims(Tokens.of(Tokens.ACCOUNT, "pingcheck", END));

  private static TokenClaims claims(String token) {
    return TokenClaims.of(token).orElseThrow();
  }

  private Optional<RefusalReason> refusal(String token) {
    return refusal(token, ProbeRole.NODE);
  }

  private Optional<RefusalReason> refusal(String token, ProbeRole role) {
    return examination.refusal(TokenClaims.of(token), role, NOW).map(Admission.Refused::reason);
  }

  private static Credentials shown(ProbeRole role, String node) {
    return new Credentials("t", role, Optional.ofNullable(node), "192.0.2.1");
  }

  private static TokenReviewStatus central(String node) {
    return genuine(node).editUser().withUsername(Tokens.CENTRAL_ACCOUNT).endUser().build();
  }

  /** Says yes to a pod that is on a node; without a node if that is null. */
  private static TokenReviewStatusBuilder genuine(String node) {
    Map<String, List<String>> extra = new HashMap<>();
    extra.put("authentication.kubernetes.io/pod-name", List.of("probe-x"));
    extra.put("authentication.kubernetes.io/pod-uid", List.of("uid-x"));
    if (node != null) {
      extra.put("authentication.kubernetes.io/node-name", List.of(node));
    }
    return new TokenReviewStatusBuilder()
        .withAuthenticated(true)
        .withAudiences("pingcheck")
        .withNewUser()
        .withUsername(Tokens.ACCOUNT)
        .withExtra(extra)
        .endUser();
  }

  private Finding finding(TokenReviewStatus status, Credentials shown) {
    return examination.finding(status, claims, shown);
  }

  private static Finding admitted(Placement placement) {
    return new Finding.Final(new Admission.Admitted(placement, END));
  }

  private static RefusalReason reason(Finding finding) {
    return ((Admission.Refused) ((Finding.Final) finding).admission()).reason();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a.b", "a.b.c", "a.e30.c", "....", "a.bnVsbA.c", "é.e30.c"})
  void whatIsNoTokenIsRefusedWithoutAsking(String token) {
    assertThat(refusal(token)).contains(RefusalReason.MALFORMED);
  }

  @Test
  void whatIsPlainlyWrongIsRefusedWithoutAsking() {
    assertThat(refusal(Tokens.of(Tokens.ACCOUNT, "vault", END)))
        .contains(RefusalReason.OTHER_AUDIENCE);
    assertThat(refusal(Tokens.of("system:serviceaccount:ns:default", "pingcheck", END)))
        .contains(RefusalReason.OTHER_ACCOUNT);
    assertThat(refusal(Tokens.of(Tokens.ACCOUNT, "pingcheck", NOW.minusSeconds(60))))
        .contains(RefusalReason.EXPIRED);
    assertThat(refusal(Tokens.of(Tokens.ACCOUNT, "pingcheck", NOW.minusSeconds(59)))).isEmpty();
    assertThat(
            refusal(
                Tokens.of(
                    "{\"sub\":\"%s\",\"aud\":\"pingcheck\",\"exp\":9e18}"
                        .formatted(Tokens.ACCOUNT))))
        .isEmpty();
  }

  @Test
  void aNodesProbeStandsWhereItsTokenSays() {
    assertThat(finding(genuine("node-a").build(), shown(ProbeRole.NODE, null)))
        .isEqualTo(admitted(new Placement.OnNode("node-a", "probe-x")));
    assertThat(finding(genuine("node-a").build(), shown(ProbeRole.NODE, "node-a")))
        .isEqualTo(admitted(new Placement.OnNode("node-a", "probe-x")));
  }

  @Test
  void aCentralProbeNeedsNoNode() {
    assertThat(finding(central(null), shown(ProbeRole.CENTRAL, null)))
        .isEqualTo(admitted(new Placement.Central("probe-x")));
  }

  @Test
  void anAccountHasOneRole() {
    String ofNode = Tokens.of(Tokens.ACCOUNT, "pingcheck", END);
    String central = Tokens.of(Tokens.CENTRAL_ACCOUNT, "pingcheck", END);
    assertThat(refusal(ofNode, ProbeRole.NODE)).isEmpty();
    assertThat(refusal(central, ProbeRole.CENTRAL)).isEmpty();
    assertThat(refusal(ofNode, ProbeRole.CENTRAL)).contains(RefusalReason.OTHER_ACCOUNT);
    assertThat(refusal(central, ProbeRole.NODE)).contains(RefusalReason.OTHER_ACCOUNT);
    // What a token says of itself is not what counts.
    assertThat(reason(finding(genuine("node-a").build(), shown(ProbeRole.CENTRAL, null))))
        .isEqualTo(RefusalReason.OTHER_ACCOUNT);
    assertThat(reason(finding(central("node-a"), shown(ProbeRole.NODE, null))))
        .isEqualTo(RefusalReason.OTHER_ACCOUNT);
  }

  @Test
  void aClaimOfAnotherNodeIsRefusedWhateverTheRole() {
    assertThat(reason(finding(genuine("node-a").build(), shown(ProbeRole.NODE, "node-b"))))
        .isEqualTo(RefusalReason.OTHER_NODE);
    assertThat(reason(finding(central("node-a"), shown(ProbeRole.CENTRAL, "node-b"))))
        .isEqualTo(RefusalReason.OTHER_NODE);
  }

  @Test
  void aTokenThatDoesNotSayItsNodeHasItsPodLookedUp() {
    assertThat(finding(genuine(null).build(), shown(ProbeRole.NODE, "node-a")))
        .isEqualTo(new Finding.LookUp(new Examination.Pod("probe-x", "uid-x")));
    Credentials shown = shown(ProbeRole.NODE, "node-a");
    assertThat(examination.onNode("probe-x", Optional.of("node-a"), claims, shown))
        .isEqualTo(new Admission.Admitted(new Placement.OnNode("node-a", "probe-x"), END));
    assertThat(
            new Finding.Final(examination.onNode("probe-x", Optional.of("node-b"), claims, shown)))
        .extracting(ExaminationTest::reason)
        .isEqualTo(RefusalReason.OTHER_NODE);
    assertThat(
            new Finding.Final(
                examination.onNode(
                    "probe-x", Optional.empty(), claims, shown(ProbeRole.NODE, null))))
        .extracting(ExaminationTest::reason)
        .isEqualTo(RefusalReason.NOT_BOUND);
  }

  @Test
  void whatTheApiServerDoesNotConfirmIsRefused() {
    Credentials node = shown(ProbeRole.NODE, null);
    TokenReviewStatus genuine = genuine("node-a").build();
    assertThat(reason(finding(new TokenReviewStatusBuilder().withError("no").build(), node)))
        .isEqualTo(RefusalReason.NOT_GENUINE);
    assertThat(reason(finding(genuine("n").withAuthenticated(false).build(), node)))
        .isEqualTo(RefusalReason.NOT_GENUINE);
    assertThat(reason(finding(genuine("n").withAudiences(List.of()).build(), node)))
        .isEqualTo(RefusalReason.OTHER_AUDIENCE);
    assertThat(reason(finding(genuine("n").editUser().withUsername("x").endUser().build(), node)))
        .isEqualTo(RefusalReason.OTHER_ACCOUNT);
    genuine.getUser().getExtra().remove("authentication.kubernetes.io/pod-uid");
    assertThat(reason(finding(genuine, node))).isEqualTo(RefusalReason.NOT_BOUND);
    assertThat(reason(finding(genuine("n").editUser().withExtra(null).endUser().build(), node)))
        .isEqualTo(RefusalReason.NOT_BOUND);
  }
}
