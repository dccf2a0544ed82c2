package dev.pingcheck.plan.policy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What all policies together say about one namespace.
 *
 * @param policies that govern it, by name; empty where the built-in policy holds alone
 * @param rules which addresses may be pinged
 * @param limits how much may be asked for
 */
public record NamespacePolicy(List<PolicyTerms> policies, AddressRules rules, Limits limits) {

  /** What one message to a probe holds with ease. */
  private static final int MOST_NETWORKS = 4096;

  /** Where no policy selects a namespace. */
  public static final NamespacePolicy BUILT_IN = of(List.of());

  /** What these policies, in the order of their names, say together. */
  public static NamespacePolicy of(List<PolicyTerms> policies) {
    List<Networks> allowed =
        policies.stream().map(PolicyTerms::allow).flatMap(Optional::stream).toList();
    Networks allow = allowed.isEmpty() ? AddressRules.BUILT_IN.allow() : union(allowed);
    Networks deny = union(policies.stream().map(PolicyTerms::deny).toList());
    return new NamespacePolicy(policies, new AddressRules(allow, deny), Limits.of(policies));
  }

  private static Networks union(List<Networks> networks) {
    return Networks.of(networks.stream().flatMap(n -> n.list().stream()).toList());
  }

  /** The sentence for a policy that cannot be understood; nothing is allowed until it can. */
  public Optional<String> fault() {
    int networks = rules.allow().list().size() + rules.deny().list().size();
    return policies.stream()
        .flatMap(p -> p.fault().map(sentence -> p.label() + ": " + sentence).stream())
        .findFirst()
        .or(() -> networks > MOST_NETWORKS ? Optional.of(tooMany()) : Optional.empty());
  }

  private String tooMany() {
    return policies.stream().map(PolicyTerms::label).collect(Collectors.joining(", "))
        + ": together they have more than "
        + MOST_NETWORKS
        + " networks: write fewer and larger ones";
  }

  /** Why an address is not to be pinged, with the name of the policy; empty if it may be. */
  public Optional<String> forbids(Ip address) {
    return rules.judge(address).map(denial -> denial.clause(author(denial)));
  }

  private String author(Denial denial) {
    return switch (denial.cause()) {
      case DENIED ->
          policies.stream()
              .filter(p -> p.deny().list().contains(denial.network().orElseThrow()))
              .map(PolicyTerms::label)
              .findFirst()
              .orElseThrow();
      case SPECIAL -> Limit.BUILT_IN;
      case NOT_ALLOWED ->
          policies.stream()
              .filter(p -> p.allow().isPresent())
              .map(PolicyTerms::label)
              .collect(Collectors.joining(" or "));
    };
  }
}
