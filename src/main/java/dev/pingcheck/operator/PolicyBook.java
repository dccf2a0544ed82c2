package dev.pingcheck.operator;

import dev.pingcheck.crd.PingPolicy;
import dev.pingcheck.plan.policy.NamespacePolicy;
import dev.pingcheck.plan.policy.PolicyTerms;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Which policy holds in which namespace, from all PingPolicies and the labels of all namespaces.
 * Namespaces that are governed by the same policies share one object.
 *
 * <p>Thread safe.
 */
final class PolicyBook {
  private final Map<String, PolicyTerms> policies = new TreeMap<>();
  private final Map<String, Map<String, String>> labels = new HashMap<>();
  private final Map<String, NamespacePolicy> byNamespace = new HashMap<>();
  private final Map<List<PolicyTerms>, NamespacePolicy> shared = new HashMap<>();
  private Consumer<String> changed = namespace -> {};

  /** Has the name of each namespace told whose policy has changed, or become known. */
  void onChange(Consumer<String> listener) {
    changed = listener;
  }

  /** A PingPolicy is new, or is another than before. */
  void put(PingPolicy policy) {
    PolicyTerms terms = PolicyTerms.read(policy);
    List<String> concerned;
    synchronized (this) {
      if (terms.equals(policies.put(terms.name(), terms))) {
        return;
      }
      concerned = renewAll();
    }
    concerned.forEach(changed);
  }

  /** A PingPolicy is deleted. */
  void remove(String policy) {
    List<String> concerned;
    synchronized (this) {
      policies.remove(policy);
      concerned = renewAll();
    }
    concerned.forEach(changed);
  }

  /** A namespace is new, or may have other labels than before. */
  void label(String namespace, Map<String, String> its) {
    boolean isOther;
    synchronized (this) {
      labels.put(namespace, Map.copyOf(its));
      isOther = renew(namespace);
    }
    if (isOther) {
      changed.accept(namespace);
    }
  }

  /** A namespace is deleted. */
  synchronized void forgetNamespace(String namespace) {
    labels.remove(namespace);
    byNamespace.remove(namespace);
  }

  /** What holds in a namespace; empty as long as its labels are not known. */
  synchronized Optional<NamespacePolicy> of(String namespace) {
    return Optional.ofNullable(byNamespace.get(namespace));
  }

  private List<String> renewAll() {
    shared.clear();
    List<String> concerned = new ArrayList<>();
    for (String namespace : labels.keySet()) {
      if (renew(namespace)) {
        concerned.add(namespace);
      }
    }
    return concerned;
  }

  private boolean renew(String namespace) {
    List<PolicyTerms> governing =
        policies.values().stream().filter(p -> p.governs(labels.get(namespace))).toList();
    NamespacePolicy now = shared.computeIfAbsent(governing, NamespacePolicy::of);
    if (now.equals(byNamespace.get(namespace))) {
      return false;
    }
    byNamespace.put(namespace, now);
    return true;
  }
}
