package dev.pingcheck.plan.policy;

import dev.pingcheck.crd.LabelRequirement;
import dev.pingcheck.crd.NamespaceSelector;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Which namespaces a policy selects by their labels, as a label selector of Kubernetes does. One
 * that cannot be understood selects every namespace, so that nobody slips through.
 *
 * @param labels that a namespace must bear
 * @param requirements that it must meet besides
 * @param fault the sentence for a selector that cannot be understood
 */
record LabelMatch(
    Map<String, String> labels, List<LabelRequirement> requirements, Optional<String> fault) {

  /** Absent means the same as empty: every namespace. */
  static LabelMatch of(NamespaceSelector selector) {
    if (selector == null) {
      return new LabelMatch(Map.of(), List.of(), Optional.empty());
    }
    List<LabelRequirement> requirements = selector.getMatchExpressions();
    boolean known = requirements.stream().allMatch(LabelMatch::isKnown);
    return known
        ? new LabelMatch(Map.copyOf(selector.getMatchLabels()), requirements, Optional.empty())
        : new LabelMatch(
            Map.of(),
            List.of(),
            Optional.of(
                "spec.namespaceSelector.matchExpressions: write a key and one of the operators In,"
                    + " NotIn, Exists and DoesNotExist"));
  }

  private static boolean isKnown(LabelRequirement requirement) {
    return requirement.getKey() != null
        && List.of("In", "NotIn", "Exists", "DoesNotExist")
            .contains(Objects.requireNonNullElse(requirement.getOperator(), ""));
  }

  boolean matches(Map<String, String> of) {
    return of.entrySet().containsAll(labels.entrySet())
        && requirements.stream().allMatch(requirement -> meets(of, requirement));
  }

  private static boolean meets(Map<String, String> labels, LabelRequirement requirement) {
    String value = labels.get(requirement.getKey());
    return switch (requirement.getOperator()) {
      case "In" -> value != null && requirement.getValues().contains(value);
      case "NotIn" -> value == null || !requirement.getValues().contains(value);
      case "Exists" -> value != null;
      default -> value == null;
    };
  }
}
