package dev.pingcheck.link;

import io.grpc.Status;
import java.util.Locale;

/** Why a probe on the network is not let in. */
public enum RefusalReason {
  /** It shows no token, or does not say what it wants to be. */
  NO_TOKEN(Status.UNAUTHENTICATED),
  /** What it shows is no token of a ServiceAccount. */
  MALFORMED(Status.UNAUTHENTICATED),
  /** The token is for somebody else. */
  OTHER_AUDIENCE(Status.UNAUTHENTICATED),
  /** The token's time is over. */
  EXPIRED(Status.UNAUTHENTICATED),
  /** The API server does not know it: another key has signed it, or its pod is gone. */
  NOT_GENUINE(Status.UNAUTHENTICATED),
  /** It is the token of another ServiceAccount. */
  OTHER_ACCOUNT(Status.PERMISSION_DENIED),
  /** It is bound to no pod, or a node's probe's pod has no node. */
  NOT_BOUND(Status.PERMISSION_DENIED),
  /** The probe claims another node than its token. */
  OTHER_NODE(Status.PERMISSION_DENIED),
  /** There are more than the operator takes at a time. */
  TOO_MANY(Status.UNAVAILABLE),
  /** The API server, which alone knows, does not answer. */
  API_UNREACHABLE(Status.UNAVAILABLE);

  private final Status status;

  RefusalReason(Status status) {
    this.status = status;
  }

  Status status() {
    return status;
  }

  /** Whether the same token may be let in a moment later. */
  public boolean passes() {
    return status.getCode() == Status.Code.UNAVAILABLE;
  }

  /** As it stands in a metric. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
