package dev.pingcheck.install;

import io.fabric8.kubernetes.api.model.authorization.v1.ResourceRule;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What an account may do, as the API server says it: what {@code kubectl auth can-i --list} asks.
 */
final class Rights {
  private Rights() {}

  /**
   * One line a right, such as {@code update leases.coordination.k8s.io pingcheck-operator}: verb,
   * resource and, where it holds for one object alone, its name. Paths that are no resources such
   * as {@code /version} begin with a slash.
   */
  static Set<String> of(KubernetesClient client, String namespace) {
    SelfSubjectRulesReview review =
        client
            .resource(
                new SelfSubjectRulesReviewBuilder()
                    .withNewSpec()
                    .withNamespace(namespace)
                    .endSpec()
                    .build())
            .create();
    Set<String> rights = new TreeSet<>();
    review.getStatus().getResourceRules().forEach(rule -> add(rule, rights));
    review
        .getStatus()
        .getNonResourceRules()
        .forEach(rule ->
            rule.getVerbs()
                .forEach(verb ->
                    rule.getNonResourceURLs().forEach(url -> rights.add(verb + " " + url))));
    return rights;
  }

  private static void add(ResourceRule rule, Set<String> rights) {
    List<String> names = rule.getResourceNames().isEmpty() ? List.of("") : rule.getResourceNames();
    for (String verb : rule.getVerbs()) {
      for (String group : rule.getApiGroups()) {
        for (String resource : rule.getResources()) {
          names.forEach(name -> rights.add(line(verb, resource, group, name)));
        }
      }
    }
  }

  /** As kubectl writes it: the group stands between the resource and its subresource. */
  static String line(String verb, String resource, String group, String name) {
    String dotted = group.isEmpty() ? "" : "." + group;
    int slash = resource.indexOf('/');
    String whole =
        slash < 0
            ? resource + dotted
            : resource.substring(0, slash) + dotted + resource.substring(slash);
    return (verb + " " + whole + " " + name).strip();
  }

  /** Those of the first that the second does not have. */
  static Set<String> beyond(Set<String> some, Set<String> others) {
    return some.stream()
        .filter(right -> !others.contains(right))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
