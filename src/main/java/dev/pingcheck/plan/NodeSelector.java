package dev.pingcheck.plan;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * From which nodes a check is pinged.
 *
 * @param labels that such a node bears, all of them; empty: no node is asked for, and the check
 *     belongs to the central probes
 */
public record NodeSelector(Map<String, String> labels) {
  /** Asks for no node. */
  public static final NodeSelector NONE = new NodeSelector(Map.of());

  public NodeSelector {
    labels = Map.copyOf(labels);
  }

  public boolean isEmpty() {
    return labels.isEmpty();
  }

  /** Whether a node with these labels is asked for. */
  public boolean matches(Map<String, String> ofNode) {
    return !labels.isEmpty() && ofNode.entrySet().containsAll(labels.entrySet());
  }

  /** As kubectl takes it, in the order of the keys: {@code disk=ssd,zone=a}. */
  @Override
  public String toString() {
    return new TreeMap<>(labels)
        .entrySet().stream()
            .map(label -> label.getKey() + "=" + label.getValue())
            .collect(Collectors.joining(","));
  }
}
