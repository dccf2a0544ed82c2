package dev.pingcheck.link;

import dev.pingcheck.plan.NodeSelector;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The labels of the nodes, and on which of them probes stand. Unknown until somebody has asked for
 * them: where no check names nodes and no probe stands on one, nobody watches them.
 *
 * <p>Thread safe.
 */
public final class NodeBook {
  private final Map<String, Map<String, String>> labels = new TreeMap<>();
  private final Map<NodeSelector, Set<String>> matching = new HashMap<>();
  private final Set<Consumer<String>> listeners = new CopyOnWriteArraySet<>();
  private final Set<String> withProbes = new TreeSet<>();
  private Runnable watch = () -> {};
  private boolean needed;
  private boolean known;

  /** What begins to watch the nodes; is called once, as soon as they are needed. */
  public void whenNeeded(Runnable start) {
    boolean now;
    synchronized (this) {
      watch = start;
      now = needed && !known;
    }
    if (now) {
      start.run();
    }
  }

  /** Somebody cannot go on without the labels. */
  public void need() {
    Runnable start;
    synchronized (this) {
      if (needed) {
        return;
      }
      needed = true;
      start = watch;
    }
    start.run();
  }

  /** All nodes that exist have been told. */
  public void complete() {
    synchronized (this) {
      known = true;
    }
    tell("");
  }

  public synchronized boolean isKnown() {
    return known;
  }

  /** A node is new, or may have other labels than before. */
  public void label(String node, Map<String, String> its) {
    synchronized (this) {
      Map<String, String> now = Map.copyOf(its);
      if (now.equals(labels.put(node, now))) {
        return;
      }
      matching.clear();
      if (!known) {
        return;
      }
    }
    tell(node);
  }

  /** A node is gone. */
  public void forget(String node) {
    synchronized (this) {
      if (labels.remove(node) == null) {
        return;
      }
      matching.clear();
      if (!known) {
        return;
      }
    }
    tell(node);
  }

  /** The nodes that bear these labels; none as long as they are not known. */
  public synchronized Set<String> matching(NodeSelector selector) {
    if (!known || selector.isEmpty()) {
      return Set.of();
    }
    return matching.computeIfAbsent(
        selector,
        s ->
            labels.entrySet().stream()
                .filter(node -> s.matches(node.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet()));
  }

  /** Whether a node bears these labels. */
  public synchronized boolean matches(String node, NodeSelector selector) {
    return known && selector.matches(labels.getOrDefault(node, Map.of()));
  }

  /** The nodes with a probe that is connected, or was a moment ago. */
  public synchronized Set<String> withProbes() {
    return Set.copyOf(withProbes);
  }

  /** Those of the matching nodes with such a probe. */
  public Set<String> reporting(NodeSelector selector) {
    Set<String> those = matching(selector);
    synchronized (this) {
      return those.stream().filter(withProbes::contains).collect(Collectors.toSet());
    }
  }

  void probeJoined(String node) {
    synchronized (this) {
      if (!withProbes.add(node)) {
        return;
      }
    }
    tell(node);
  }

  void probeLeft(String node) {
    synchronized (this) {
      if (!withProbes.remove(node)) {
        return;
      }
    }
    tell(node);
  }

  /**
   * Has the name of each node told whose labels have changed, or whose probes have come or gone, or
   * an empty one when all are known; on the changing thread, which must not be blocked.
   */
  public void onChange(Consumer<String> listener) {
    listeners.add(listener);
  }

  void offChange(Consumer<String> listener) {
    listeners.remove(listener);
  }

  private void tell(String node) {
    listeners.forEach(listener -> listener.accept(node));
  }
}
