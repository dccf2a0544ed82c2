package dev.pingcheck.bench.operator;

import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.crd.PingCheckStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** Watches the checks of a namespace and notes when a client can see what of them. */
final class CheckWatch implements AutoCloseable {
  private final Map<String, Instant> created = new ConcurrentHashMap<>();
  private final Map<String, Instant> accepted = new ConcurrentHashMap<>();
  private final Map<String, Instant> firstTold = new ConcurrentHashMap<>();
  private final Map<String, String> healthy = new ConcurrentHashMap<>();
  private final Watch watch;
  private volatile String ended = "";

  CheckWatch(KubernetesClient client, String namespace) {
    watch = client.resources(PingCheck.class).inNamespace(namespace).watch(new Receiver());
  }

  /** When each check came into being, by its name. */
  Map<String, Instant> created() {
    return created;
  }

  /** When a status without a round was seen; not of a check whose first status told of one. */
  Map<String, Instant> accepted() {
    return accepted;
  }

  /** When a status with a round was seen first. */
  Map<String, Instant> firstTold() {
    return firstTold;
  }

  /** The state of the condition Healthy; the empty text before there is one. */
  String healthy(String name) {
    return healthy.getOrDefault(name, "");
  }

  /**
   * Waits until something is so.
   *
   * @return milliseconds that it took
   */
  double await(String what, Duration patience, BooleanSupplier wanted) throws InterruptedException {
    long began = System.nanoTime();
    while (!wanted.getAsBoolean()) {
      if (!ended.isEmpty()) {
        throw new IllegalStateException("the API server ended the watch on checks: " + ended);
      }
      if (System.nanoTime() - began > patience.toNanos()) {
        throw new IllegalStateException(
            what + " did not come about within " + patience.toSeconds() + " s");
      }
      Thread.sleep(10);
    }
    return (System.nanoTime() - began) / 1e6;
  }

  @Override
  public void close() {
    watch.close();
  }

  private final class Receiver implements Watcher<PingCheck> {
    @Override
    public void eventReceived(Action action, PingCheck check) {
      Instant seen = Instant.now();
      String name = check.getMetadata().getName();
      created.putIfAbsent(name, seen);
      PingCheckStatus status = check.getStatus();
      if (status == null || status.getConditions().isEmpty()) {
        return;
      }
      if (status.getLastRound() != null) {
        firstTold.putIfAbsent(name, seen);
      } else {
        accepted.putIfAbsent(name, seen);
      }
      status.getConditions().stream()
          .filter(c -> c.getType().equals("Healthy"))
          .forEach(c -> healthy.put(name, c.getStatus()));
    }

    @Override
    public void onClose(WatcherException cause) {
      ended = cause.getMessage();
    }
  }
}
