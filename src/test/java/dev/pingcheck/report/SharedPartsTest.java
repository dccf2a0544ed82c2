package dev.pingcheck.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.crd.PingCheckStatus;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedPartsTest {

  @Test
  void whatIsEqualIsHeldOnceAndWhatDiffersStays() {
    Condition healthy = condition("Healthy", "False");
    PingCheckStatus judged = status("gw", condition("Accepted", "True"), healthy);
    PingCheckStatus stored =
        status("gw", condition("Accepted", "True"), condition("Healthy", "True"));
    SharedParts.adopt(judged, stored);
    assertThat(judged.getTarget()).isSameAs(stored.getTarget());
    assertThat(judged.getConditions()).hasSize(2);
    assertThat(judged.getConditions().getFirst()).isSameAs(stored.getConditions().getFirst());
    assertThat(judged.getConditions().getLast()).isSameAs(healthy);
  }

  @Test
  void ofAStatusThatIsNotStoredYetNothingIsLost() {
    PingCheckStatus judged = status("gw", condition("Accepted", "True"));
    SharedParts.adopt(judged, new PingCheckStatus());
    assertThat(judged.getTarget()).isEqualTo("gw");
    assertThat(judged.getConditions()).containsExactly(condition("Accepted", "True"));
  }

  private static PingCheckStatus status(String target, Condition... conditions) {
    PingCheckStatus status = new PingCheckStatus();
    status.setTarget(String.valueOf(target.toCharArray()));
    status.setConditions(List.of(conditions));
    return status;
  }

  private static Condition condition(String type, String state) {
    return new ConditionBuilder().withType(type).withStatus(state).build();
  }
}
