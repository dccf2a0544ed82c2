package dev.pingcheck.operator;

import dev.pingcheck.crd.PingCheck;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The informer's cache, without what nobody here reads: who manages which field, and the text that
 * kubectl applied last. Both together are larger than all the rest of a check. Words that all
 * checks have in common are held once.
 */
public final class CheckStore extends BasicItemStore<PingCheck> {
  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  public CheckStore() {
    super(Cache::metaNamespaceKeyFunc);
  }

  @Override
  public PingCheck put(String key, PingCheck check) {
    ObjectMeta metadata = check.getMetadata();
    metadata.setManagedFields(List.of());
    Map<String, String> annotations = metadata.getAnnotations();
    if (annotations != null && annotations.containsKey(LAST_APPLIED)) {
      Map<String, String> kept = new HashMap<>(annotations);
      kept.remove(LAST_APPLIED);
      metadata.setAnnotations(kept);
    }
    share(check);
    return super.put(key, check);
  }

  private static void share(PingCheck check) {
    ObjectMeta metadata = check.getMetadata();
    metadata.setNamespace(once(metadata.getNamespace()));
    if (check.getStatus() != null) {
      check.getStatus().getConditions().forEach(CheckStore::share);
    }
  }

  private static void share(Condition condition) {
    condition.setType(once(condition.getType()));
    condition.setStatus(once(condition.getStatus()));
    condition.setReason(once(condition.getReason()));
  }

  /** The JVM's own table of texts, which forgets those that nobody holds. */
  private static String once(String word) {
    return word == null ? null : word.intern();
  }
}
