package dev.pingcheck.operator;

import dev.pingcheck.stats.RoundReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Reports that wait until their check is reconciled, in the order in which they came. */
final class ReportInbox {

  /**
   * A report on its way.
   *
   * @param report what the round found
   * @param safe to be called when the probe may forget it
   */
  record Delivery(RoundReport report, Runnable safe) {}

  private final Map<String, List<Delivery>> waiting = new ConcurrentHashMap<>();

  void put(Delivery delivery) {
    waiting.compute(
        delivery.report().checkUid(),
        (uid, before) -> {
          List<Delivery> all = before == null ? new ArrayList<>(1) : before;
          all.add(delivery);
          return all;
        });
  }

  /** Takes what waits for a check out of the box. */
  List<Delivery> take(String uid) {
    List<Delivery> taken = waiting.remove(uid);
    return taken == null ? List.of() : taken;
  }
}
