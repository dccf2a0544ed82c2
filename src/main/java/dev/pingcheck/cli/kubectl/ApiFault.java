package dev.pingcheck.cli.kubectl;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.vertx.core.http.UpgradeRejectedException;
import java.net.HttpURLConnection;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an API server's refusal, or its silence, means for the user: one sentence. */
final class ApiFault {
  private static final String GROUP = "pingcheck.dev";

  /** The client has lower codes of its own for what is no answer. */
  private static final int LEAST_STATUS = 100;

  /** The words of the API server's authorizer. */
  private static final Pattern FORBIDDEN =
      Pattern.compile(
          "User \"([^\"]*)\" cannot (\\S+) resource \"([^\"]*)\"(?: in API group \"([^\"]*)\")?"
              + "(?: in the namespace \"([^\"]*)\")?");

  static final String NO_CRD =
      "this cluster has no PingChecks: install PingCheck (docs/install.md), or name another cluster"
          + " by --context";

  private ApiFault() {}

  /** The sentence, without a final dot. */
  static String sentence(KubernetesClientException e) {
    if (isUnreachable(e)) {
      return unreachable(e);
    }
    String said = said(e);
    return switch (e.getCode()) {
      case HttpURLConnection.HTTP_UNAUTHORIZED ->
          "the API server does not know you: log in again, or name another user's --context";
      case HttpURLConnection.HTTP_FORBIDDEN -> forbidden(said);
      case HttpURLConnection.HTTP_NOT_FOUND -> isOfAnObject(e) ? said : NO_CRD;
      default -> "the API server refused: " + said;
    };
  }

  /** Whether the API server was not reached at all. */
  static boolean isUnreachable(KubernetesClientException e) {
    return e.getCode() < LEAST_STATUS;
  }

  /**
   * What the API server has answered, if that is what a failure comes from: an exception of a
   * request, or of a connection that it did not want to upgrade, such as a port-forward.
   */
  static Optional<KubernetesClientException> answer(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof KubernetesClientException fault && !isUnreachable(fault)) {
        return Optional.of(fault);
      }
      if (each instanceof UpgradeRejectedException refused) {
        return Optional.of(fault(refused));
      }
    }
    return Optional.empty();
  }

  private static KubernetesClientException fault(UpgradeRejectedException refused) {
    String body = refused.getBody() == null ? "" : refused.getBody().toString();
    Status status;
    try {
      status = Serialization.unmarshal(body, Status.class);
    } catch (IllegalArgumentException | KubernetesClientException e) {
      status = null; // of a proxy in between, or of nobody
    }
    String message = body.isBlank() ? refused.getMessage() : body;
    return new KubernetesClientException(message, refused.getStatus(), status);
  }

  private static boolean isOfAnObject(KubernetesClientException e) {
    return Optional.ofNullable(e.getStatus())
        .map(Status::getDetails)
        .map(details -> details.getName())
        .filter(name -> !name.isEmpty())
        .isPresent();
  }

  private static String said(KubernetesClientException e) {
    return Optional.ofNullable(e.getStatus())
        .map(Status::getMessage)
        .orElseGet(() -> Objects.requireNonNullElse(e.getMessage(), "no reason given"))
        .strip()
        .replaceAll("\\s+", " ");
  }

  private static String forbidden(String said) {
    Matcher words = FORBIDDEN.matcher(said);
    if (!words.find()) {
      return "the API server forbids it: " + said;
    }
    String group = Objects.requireNonNullElse(words.group(4), "");
    String resource = words.group(3) + (group.isEmpty() ? "" : "." + group);
    String where =
        words.group(5) == null ? "in the whole cluster" : "in the namespace " + words.group(5);
    return "%s may not %s %s %s: ask for a role with the verb \"%s\" on the resource \"%s\"%s"
        .formatted(
            words.group(1),
            words.group(2),
            resource,
            where,
            words.group(2),
            words.group(3),
            group.equals(GROUP) ? " of the API group " + GROUP + roles(words.group(3)) : "");
  }

  private static String roles(String resource) {
    return resource.startsWith("pingchecks")
        ? "; view has the reading verbs of it, edit and admin have all"
        : "";
  }

  private static String unreachable(KubernetesClientException e) {
    Throwable root = e;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String cause = Objects.requireNonNullElse(root.getMessage(), root.getClass().getSimpleName());
    return "the API server cannot be reached ("
        + cause.strip().replaceAll("\\s+", " ")
        + "): is the cluster up, and does the kubeconfig's context name it?";
  }
}
