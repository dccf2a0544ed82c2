package dev.pingcheck.operator;

import dev.pingcheck.crd.PingPolicy;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Keeps a {@link PolicyBook} up to date with the API server. Where PingPolicies cannot be read, as
 * their CRD or the right to is missing, it goes on asking and says so: without knowing them nothing
 * may be pinged.
 */
final class PolicyWatch implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(PolicyWatch.class.getName());
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final PolicyBook book;
  private final SharedIndexInformer<PingPolicy> policies;
  private final SharedIndexInformer<Namespace> namespaces;

  PolicyWatch(KubernetesClient client, PolicyBook book) {
    this.book = book;
    policies =
        client
            .resources(PingPolicy.class)
            .runnableInformer(0)
            .addEventHandler(
                new Handler<>(book::put, policy -> book.remove(policy.getMetadata().getName())));
    namespaces =
        client
            .namespaces()
            .runnableInformer(0)
            .addEventHandler(
                new Handler<>(
                    this::label,
                    namespace -> book.forgetNamespace(namespace.getMetadata().getName())));
  }

  /** Begins to watch, and returns when all policies and namespaces are in the book. */
  void start() throws InterruptedException {
    start("PingPolicies", policies);
    start("namespaces", namespaces);
    await("PingPolicies", policies);
    await("namespaces", namespaces);
    // The handlers may be behind.
    policies.getStore().list().forEach(book::put);
    namespaces.getStore().list().forEach(this::label);
  }

  private static void start(String what, SharedIndexInformer<?> informer) {
    informer
        .exceptionHandler((started, failure) -> {
          LOG.log(
              System.Logger.Level.WARNING,
              () -> "The " + what + " cannot be read, trying again: " + failure.getMessage());
          return true;
        })
        .start();
  }

  private static void await(String what, SharedIndexInformer<?> informer)
      throws InterruptedException {
    for (Duration waited = Duration.ZERO; !informer.hasSynced(); waited = waited.plus(PAUSE)) {
      if (waited.equals(PATIENCE)) {
        LOG.log(
            System.Logger.Level.WARNING,
            "Nothing is pinged before the {0} are known: see that k8s/crd and k8s/rbac are applied.",
            what);
      }
      Thread.sleep(PAUSE);
    }
  }

  private void label(Namespace namespace) {
    book.label(
        namespace.getMetadata().getName(),
        Objects.requireNonNullElse(namespace.getMetadata().getLabels(), Map.of()));
  }

  @Override
  public void close() {
    policies.stop();
    namespaces.stop();
  }

  /** What is there, and what is gone. */
  private record Handler<T extends HasMetadata>(Consumer<T> there, Consumer<T> gone)
      implements ResourceEventHandler<T> {
    @Override
    public void onAdd(T added) {
      there.accept(added);
    }

    @Override
    public void onUpdate(T before, T now) {
      there.accept(now);
    }

    @Override
    public void onDelete(T deleted, boolean finalStateUnknown) {
      gone.accept(deleted);
    }
  }
}
