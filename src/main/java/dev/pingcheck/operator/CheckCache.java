package dev.pingcheck.operator;

import dev.pingcheck.crd.PingCheck;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All PingChecks that the Java Operator SDK has seen; empty before it has seen them all. */
final class CheckCache {
  private static final String BY_NAMESPACE = "pingcheck-namespace";

  private volatile IndexerResourceCache<PingCheck> cache;
  private volatile boolean filled;

  /** Called once, before the cache is filled. */
  void open(IndexerResourceCache<PingCheck> filledLater) {
    filledLater.addIndexer(BY_NAMESPACE, check -> List.of(check.getMetadata().getNamespace()));
    cache = filledLater;
  }

  /** The first check gets its turn, so all are in the cache; asked earlier it would fail. */
  void filled() {
    filled = true;
  }

  Stream<PingCheck> all() {
    return filled ? cache.list() : Stream.empty();
  }

  Optional<PingCheck> find(String namespace, String name) {
    return filled ? cache.get(new ResourceID(name, namespace)) : Optional.empty();
  }

  Stream<PingCheck> in(String namespace) {
    return filled ? cache.byIndex(BY_NAMESPACE, namespace).stream() : Stream.empty();
  }
}
