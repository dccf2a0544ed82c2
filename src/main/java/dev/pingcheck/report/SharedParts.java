package dev.pingcheck.report;

import dev.pingcheck.crd.PingCheckStatus;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Lets a judged status have the parts of the stored one where they are equal. Each check is there
 * twice, as it was judged and as the API server has it; of ten thousand, what is the same in both
 * is some ten MiB.
 */
final class SharedParts {
  private final PingCheckStatus judged;
  private final PingCheckStatus stored;

  private SharedParts(PingCheckStatus judged, PingCheckStatus stored) {
    this.judged = judged;
    this.stored = stored;
  }

  /** Changes nothing but whose parts they are; others may look at both meanwhile. */
  static void adopt(PingCheckStatus judged, PingCheckStatus stored) {
    SharedParts parts = new SharedParts(judged, stored);
    parts.adopt(PingCheckStatus::getTarget, PingCheckStatus::setTarget);
    parts.adopt(PingCheckStatus::getPeriod, PingCheckStatus::setPeriod);
    parts.adopt(PingCheckStatus::getAddress, PingCheckStatus::setAddress);
    judged.setConditions(judged.getConditions().stream().map(parts::condition).toList());
  }

  private <T> void adopt(Function<PingCheckStatus, T> get, BiConsumer<PingCheckStatus, T> set) {
    if (Objects.equals(get.apply(judged), get.apply(stored))) {
      set.accept(judged, get.apply(stored));
    }
  }

  private Condition condition(Condition ours) {
    List<Condition> theirs = stored.getConditions();
    int same = theirs.indexOf(ours);
    return same < 0 ? ours : theirs.get(same);
  }
}
