package dev.pingcheck.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.crd.PingCheck;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CheckStoreTest {

  @Test
  void whatNobodyReadsIsNotKept() {
    PingCheck check = new PingCheck();
    check.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("ns")
            .withName("gw")
            .withResourceVersion("7")
            .withManagedFields(List.of(new ManagedFieldsEntry()))
            .withAnnotations(
                Map.of("kubectl.kubernetes.io/last-applied-configuration", "{}", "team", "net"))
            .build());
    CheckStore store = new CheckStore();
    store.put(store.getKey(check), check);
    PingCheck kept = store.get("ns/gw");
    assertThat(kept.getMetadata().getManagedFields()).isEmpty();
    assertThat(kept.getMetadata().getAnnotations()).isEqualTo(Map.of("team", "net"));
    assertThat(kept.getMetadata().getResourceVersion()).isEqualTo("7");
  }

  @Test
  void wordsThatChecksHaveInCommonAreHeldOnce() {
    CheckStore store = new CheckStore();
    for (String name : List.of("one", "other")) {
      PingCheck check = accepted(name);
      store.put(store.getKey(check), check);
    }
    PingCheck one = store.get("ns/one");
    PingCheck other = store.get("ns/other");
    assertThat(one.getMetadata().getNamespace()).isSameAs(other.getMetadata().getNamespace());
    assertThat(condition(one).getType()).isSameAs(condition(other).getType()).isEqualTo("Accepted");
    assertThat(condition(one).getStatus()).isSameAs(condition(other).getStatus()).isEqualTo("True");
    assertThat(condition(one).getReason()).isSameAs(condition(other).getReason()).isEqualTo("Well");
  }

  private static Condition condition(PingCheck check) {
    return check.getStatus().getConditions().getFirst();
  }

  /** As it is read from the API server: no two texts are the same one. */
  private static PingCheck accepted(String name) {
    return Serialization.unmarshal(
        """
        {"metadata": {"namespace": "ns", "name": "%s"},
         "status": {"conditions": [{"type": "Accepted", "status": "True", "reason": "Well"}]}}
        """
            .formatted(name),
        PingCheck.class);
  }
}
