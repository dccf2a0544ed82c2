package dev.pingcheck.operator;

import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.crd.PingCheckSpec;
import dev.pingcheck.link.NodeBook;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.Map;
import java.util.Objects;

/**
 * Keeps a {@link NodeBook} up to date with the API server, from when somebody needs it on: where no
 * check names nodes, no node is ever asked for. Of each node it keeps the name and the labels.
 */
final class NodeWatch implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(NodeWatch.class.getName());
  private static final long PAGE = 500;

  private final KubernetesClient client;
  private final NodeBook book;
  private SharedIndexInformer<Node> nodes;
  private boolean closed;

  NodeWatch(KubernetesClient client, NodeBook book) {
    this.client = client;
    this.book = book;
  }

  /** Begins to watch as soon as that is needed; waits for nothing. */
  void start() {
    book.whenNeeded(this::watch);
  }

  /** Whether the nodes make a difference to a check. */
  static boolean isConcerned(PingCheck check) {
    PingCheckSpec spec = check.getSpec();
    return spec != null && spec.getFrom() != null && !spec.getFrom().getNodeSelector().isEmpty();
  }

  private synchronized void watch() {
    if (closed || nodes != null) {
      return;
    }
    nodes =
        client
            .nodes()
            .withLimit(PAGE)
            .runnableInformer(0)
            .itemStore(new Labels())
            .addEventHandler(new Handler())
            .exceptionHandler((started, failure) -> {
              LOG.log(
                  System.Logger.Level.WARNING,
                  () -> "The nodes cannot be read, trying again: " + failure.getMessage());
              return true;
            });
    nodes.start().thenRun(this::filled);
  }

  private void filled() {
    nodes.getStore().list().forEach(this::label); // the handler may be behind
    book.complete();
    LOG.log(
        System.Logger.Level.INFO,
        () -> "The labels of " + nodes.getStore().list().size() + " nodes are known.");
  }

  private void label(Node node) {
    book.label(
        node.getMetadata().getName(),
        Objects.requireNonNullElse(node.getMetadata().getLabels(), Map.of()));
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (nodes != null) {
      nodes.stop();
    }
  }

  private final class Handler implements ResourceEventHandler<Node> {
    @Override
    public void onAdd(Node node) {
      label(node);
    }

    @Override
    public void onUpdate(Node before, Node now) {
      label(now);
    }

    @Override
    public void onDelete(Node node, boolean finalStateUnknown) {
      book.forget(node.getMetadata().getName());
    }
  }

  /**
   * A node's status lists every image that it has; a thousand of them would be most of the heap.
   */
  private static final class Labels extends BasicItemStore<Node> {
    Labels() {
      super(Cache::metaNamespaceKeyFunc);
    }

    @Override
    public Node put(String key, Node node) {
      node.setSpec(null);
      node.setStatus(null);
      node.setMetadata(
          new ObjectMetaBuilder()
              .withName(node.getMetadata().getName())
              .withUid(node.getMetadata().getUid())
              .withResourceVersion(node.getMetadata().getResourceVersion())
              .withLabels(node.getMetadata().getLabels())
              .build());
      return super.put(key, node);
    }
  }
}
