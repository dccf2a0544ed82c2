package dev.pingcheck.operator;

import dev.pingcheck.report.Unsafe;
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
   * @param round what was found
   * @param counted whether it was judged before, so that its figures are counted already
   */
  record Delivery(Unsafe round, boolean counted) {
    Delivery(RoundReport report, Runnable safe) {
      this(new Unsafe(report, safe), false);
    }

    RoundReport report() {
      return round.report();
    }

    Runnable safe() {
      return round.safe();
    }
  }

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

  /** Lays rounds that are to be judged again before all that has come meanwhile. */
  void putBack(String uid, List<Unsafe> again) {
    waiting.compute(
        uid,
        (u, since) -> {
          List<Delivery> all = new ArrayList<>();
          again.forEach(round -> all.add(new Delivery(round, true)));
          all.addAll(since == null ? List.of() : since);
          return all.isEmpty() ? null : all;
        });
  }

  /** For how many checks something waits. */
  int size() {
    return waiting.size();
  }

  /**
   * Empties the box of a check when somebody else leads: the probe beside this operator may forget
   * its rounds, which the leader's probe sees too; those on the network tell theirs to the leader.
   */
  void leaveToTheLeader(String uid) {
    take(uid).stream()
        .filter(delivery -> !delivery.round().fromNetwork())
        .forEach(delivery -> delivery.safe().run());
  }

  /** Takes what waits for a check out of the box. */
  List<Delivery> take(String uid) {
    List<Delivery> taken = waiting.remove(uid);
    return taken == null ? List.of() : taken;
  }
}
