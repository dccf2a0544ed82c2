package dev.pingcheck.cli.kubectl;

import dev.pingcheck.crd.Durations;
import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.crd.PingPolicy;
import dev.pingcheck.plan.Planner;
import dev.pingcheck.plan.Planning;
import dev.pingcheck.plan.policy.Limits;
import dev.pingcheck.plan.policy.NamespacePolicy;
import dev.pingcheck.plan.policy.Network;
import dev.pingcheck.plan.policy.PolicyTerms;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What the policies of a namespace say of one of its checks. */
final class PolicyWords {
  private static final int MOST_NETWORKS = 6;

  private PolicyWords() {}

  /** Reads what holds there, as far as the user may, and says it. */
  static List<String> of(Cluster cluster, PingCheck check) {
    try {
      Namespace namespace =
          cluster.client().namespaces().withName(check.getMetadata().getNamespace()).get();
      Map<String, String> labels =
          namespace == null
              ? Map.of()
              : Objects.requireNonNullElse(namespace.getMetadata().getLabels(), Map.of());
      List<PolicyTerms> governing =
          cluster.client().resources(PingPolicy.class).list().getItems().stream()
              .map(PolicyTerms::read)
              .filter(policy -> policy.governs(labels))
              .sorted(Comparator.comparing(PolicyTerms::name))
              .toList();
      return lines(NamespacePolicy.of(governing), check);
    } catch (KubernetesClientException e) {
      return List.of("You cannot see it: " + ApiFault.sentence(e) + ".");
    }
  }

  /** The same of a policy that is known. */
  static List<String> lines(NamespacePolicy policy, PingCheck check) {
    List<String> lines = new ArrayList<>();
    lines.add(
        policy.policies().isEmpty()
            ? "No PingPolicy selects the namespace: the built-in policy holds."
            : "In force: "
                + policy.policies().stream()
                    .map(PolicyTerms::name)
                    .collect(Collectors.joining(", "))
                + ".");
    lines.add(
        "Allowed: %s; denied: %s, and special networks that are not allowed by name."
            .formatted(
                networks(policy.rules().allow().list()), networks(policy.rules().deny().list())));
    lines.add(limits(policy.limits()));
    lines.add(
        Planner.plan(check, policy) instanceof Planning.Refused refused
            ? "It refuses this check: " + refused.sentence() + "."
            : "It refuses nothing of this spec by itself; what the namespace's checks ask for"
                + " together, and each address of a name, is judged by operator and probe.");
    return lines;
  }

  private static String limits(Limits limits) {
    return ("Limits: count %d, payloadSize %d, interval from %s, period from %s;"
            + " the namespace %d checks and %d echo requests a second.")
        .formatted(
            limits.count().value(),
            limits.payloadSize().value(),
            Durations.exact(limits.shortestInterval().value()),
            Durations.exact(limits.shortestPeriod().value()),
            limits.checks().value(),
            limits.echoesPerSecond().value());
  }

  private static String networks(List<Network> networks) {
    if (networks.isEmpty()) {
      return "none";
    }
    String first =
        networks.stream()
            .limit(MOST_NETWORKS)
            .map(Network::toString)
            .collect(Collectors.joining(", "));
    int more = networks.size() - MOST_NETWORKS;
    return more > 0 ? first + " and " + more + " more" : first;
  }
}
