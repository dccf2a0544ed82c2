package dev.pingcheck.operator.trust;

import dev.pingcheck.link.Admission;
import dev.pingcheck.link.Admission.Refused;
import dev.pingcheck.link.Credentials;
import dev.pingcheck.link.Placement;
import dev.pingcheck.link.ProbeRole;
import dev.pingcheck.link.RefusalReason;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pure: what follows from a token and from what the API server says of it. A role is an account's:
 * who has got hold of a node's token must not speak for checks of other nodes, nor for those of
 * none.
 *
 * @param nodeAccount the name that the API server gives the ServiceAccount of probes on nodes
 * @param centralAccount that of central probes
 */
record Examination(String nodeAccount, String centralAccount) {
  static final String AUDIENCE = "pingcheck";

  /** The API server allows for clocks that differ; so much more is none of its tokens. */
  private static final Duration LENIENCE = Duration.ofMinutes(1);

  private static final String EXTRA = "authentication.kubernetes.io/";

  /**
   * A pod of which the token does not say where it is; old API servers leave that out.
   *
   * @param name of the pod
   * @param uid the one that the token is bound to; another of that name is another pod
   */
  record Pod(String name, String uid) {}

  /** What the API server's word comes to. */
  sealed interface Finding {
    record Final(Admission admission) implements Finding {}

    /** The pod is to be looked up, and {@link #onNode} to be asked. */
    record LookUp(Pod pod) implements Finding {}
  }

  /** A refusal that needs no API server. */
  Optional<Refused> refusal(Optional<TokenClaims> claims, ProbeRole role, Instant now) {
    if (claims.isEmpty()) {
      return refused(
          RefusalReason.MALFORMED, "What the probe shows is no token of a ServiceAccount.");
    }
    TokenClaims token = claims.get();
    if (!token.audiences().contains(AUDIENCE)) {
      return refused(
          RefusalReason.OTHER_AUDIENCE,
          "The probe's token is not for the audience " + AUDIENCE + ": project one that is.");
    }
    if (!token.subject().equals(account(role))) {
      return refused(RefusalReason.OTHER_ACCOUNT, otherAccount(role));
    }
    if (!now.isBefore(token.expires().plus(LENIENCE))) {
      return refused(RefusalReason.EXPIRED, "The probe's token has expired.");
    }
    return Optional.empty();
  }

  private String account(ProbeRole role) {
    return switch (role) {
      case NODE -> nodeAccount;
      case CENTRAL -> centralAccount;
    };
  }

  private String otherAccount(ProbeRole role) {
    String which = role == ProbeRole.CENTRAL ? "central probes" : "probes on nodes";
    return "Of " + which + " only those with the ServiceAccount " + account(role) + " are let in.";
  }

  /** What the API server's word comes to. */
  Finding finding(TokenReviewStatus status, TokenClaims claims, Credentials shown) {
    if (!Boolean.TRUE.equals(status.getAuthenticated())) {
      return refusedFor(
          RefusalReason.NOT_GENUINE,
          "The API server does not know the probe's token: its pod is gone, or another cluster's"
              + " key has signed it.");
    }
    if (!status.getAudiences().contains(AUDIENCE)) {
      return refusedFor(
          RefusalReason.OTHER_AUDIENCE,
          "The API server does not say that the probe's token is for the audience "
              + AUDIENCE
              + ".");
    }
    if (!account(shown.role()).equals(status.getUser().getUsername())) {
      return refusedFor(RefusalReason.OTHER_ACCOUNT, otherAccount(shown.role()));
    }
    Optional<String> pod = extra(status, "pod-name");
    Optional<String> uid = extra(status, "pod-uid");
    if (pod.isEmpty() || uid.isEmpty()) {
      return refusedFor(
          RefusalReason.NOT_BOUND,
          "The probe's token is bound to no pod: project it into the pod's own volume.");
    }
    Optional<String> node = extra(status, "node-name");
    boolean isNodeNeeded = shown.role() == ProbeRole.NODE || shown.claimedNode().isPresent();
    return isNodeNeeded && node.isEmpty()
        ? new Finding.LookUp(new Pod(pod.get(), uid.get()))
        : new Finding.Final(onNode(pod.get(), node, claims, shown));
  }

  /**
   * The end of it.
   *
   * @param node where the pod is, if it is anywhere
   */
  Admission onNode(String pod, Optional<String> node, TokenClaims claims, Credentials shown) {
    if (shown.claimedNode().isPresent() && !shown.claimedNode().equals(node)) {
      return new Refused(
          RefusalReason.OTHER_NODE,
          "The probe's token is not of the node that it claims to be on.");
    }
    if (shown.role() == ProbeRole.CENTRAL) {
      return new Admission.Admitted(new Placement.Central(pod), claims.expires());
    }
    return node.<Admission>map(
            name -> new Admission.Admitted(new Placement.OnNode(name, pod), claims.expires()))
        .orElseGet(() -> new Refused(RefusalReason.NOT_BOUND, "The probe's pod is on no node."));
  }

  private static Optional<String> extra(TokenReviewStatus status, String key) {
    Map<String, List<String>> extra = status.getUser().getExtra();
    return Optional.ofNullable(extra)
        .map(all -> all.get(EXTRA + key))
        .filter(values -> values.size() == 1)
        .map(List::getFirst)
        .filter(value -> !value.isEmpty());
  }

  private static Optional<Refused> refused(RefusalReason reason, String sentence) {
    return Optional.of(new Refused(reason, sentence));
  }

  private static Finding refusedFor(RefusalReason reason, String sentence) {
    return new Finding.Final(new Refused(reason, sentence));
  }
}
