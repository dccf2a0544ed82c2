package dev.pingcheck.cli.kubectl;

import dev.pingcheck.crd.PingCheck;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.dsl.Listable;
import io.fabric8.kubernetes.client.dsl.Watchable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Every check of a namespace or of all of them, as rows that a watch keeps current. It lists in
 * pages, so that never more than one page of whole checks is in memory.
 *
 * <p>Thread safe.
 */
final class CheckFeed implements AutoCloseable {
  private static final long PAGE = 500;

  private final Cluster cluster;
  private final boolean isForAll;
  private final Map<String, CheckRow> byUid = new HashMap<>();
  private final AtomicReference<KubernetesClientException> broken = new AtomicReference<>();
  private String version = "";
  private Watch watch;

  CheckFeed(Cluster cluster, boolean isForAll) {
    this.cluster = cluster;
    this.isForAll = isForAll;
  }

  /** Lists all anew. */
  void list() {
    Map<String, CheckRow> listed = new HashMap<>();
    String next = null;
    do {
      KubernetesResourceList<PingCheck> page =
          lister().list(new ListOptionsBuilder().withLimit(PAGE).withContinue(next).build());
      page.getItems().forEach(check -> listed.put(uid(check), CheckRow.of(check)));
      next = page.getMetadata().getContinue();
      version = page.getMetadata().getResourceVersion();
    } while (next != null && !next.isEmpty());
    synchronized (byUid) {
      byUid.clear();
      byUid.putAll(listed);
    }
  }

  /** Goes on from what was listed. */
  void follow() {
    watch =
        watcher().watch(new ListOptionsBuilder().withResourceVersion(version).build(), listener());
  }

  /**
   * Lists and follows anew if the watch has ended, as an API server ends it now and then.
   *
   * @throws KubernetesClientException if that is not possible now
   */
  void mend() {
    if (broken.get() != null) {
      close();
      list();
      broken.set(null);
      follow();
    }
  }

  List<CheckRow> rows() {
    synchronized (byUid) {
      return new ArrayList<>(byUid.values());
    }
  }

  private Listable<KubernetesResourceList<PingCheck>> lister() {
    return isForAll
        ? cluster.checks().inAnyNamespace()
        : cluster.checks().inNamespace(cluster.namespace());
  }

  private Watchable<PingCheck> watcher() {
    Informable<PingCheck> all =
        isForAll
            ? cluster.checks().inAnyNamespace()
            : cluster.checks().inNamespace(cluster.namespace());
    return (Watchable<PingCheck>) all;
  }

  private Watcher<PingCheck> listener() {
    return new Watcher<>() {
      @Override
      public void eventReceived(Action action, PingCheck check) {
        synchronized (byUid) {
          switch (action) {
            case ADDED, MODIFIED -> byUid.put(uid(check), CheckRow.of(check));
            case DELETED -> byUid.remove(uid(check));
            default -> {}
          }
        }
      }

      @Override
      public void onClose(WatcherException cause) {
        broken.set(
            cause.asClientException() == null
                ? new KubernetesClientException(cause.getMessage())
                : cause.asClientException());
      }
    };
  }

  private static String uid(PingCheck check) {
    return check.getMetadata().getUid();
  }

  @Override
  public void close() {
    if (watch != null) {
      watch.close();
    }
  }
}
