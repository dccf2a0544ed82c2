package dev.pingcheck.verdict;

import dev.pingcheck.crd.Outage;
import dev.pingcheck.crd.PingCheckStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The outages of a status that is being written: the newest first, open ones never dropped. */
final class OutageLog {

  /** How many outages a status remembers: more than there are problems that can be open at once. */
  private static final int OUTAGES = 5;

  private final PingCheckStatus status;

  OutageLog(PingCheckStatus status) {
    this.status = status;
  }

  boolean isOpen(Problem problem) {
    return find(problem).isPresent();
  }

  /** What is wrong, the gravest first. */
  Set<Problem> open() {
    Set<Problem> open = EnumSet.noneOf(Problem.class);
    for (Problem problem : Problem.values()) {
      if (isOpen(problem)) {
        open.add(problem);
      }
    }
    return open;
  }

  Optional<Problem> gravestOpen() {
    return open().stream().findFirst();
  }

  /** Opens a problem, unless it is open. */
  void open(Problem problem, Instant start) {
    if (isOpen(problem)) {
      return;
    }
    List<Outage> all = new ArrayList<>(status.getOutages());
    all.addFirst(outage(problem, start, null));
    for (int i = all.size() - 1; i >= 0 && all.size() > OUTAGES; i--) {
      if (all.get(i).getEnd() != null) {
        all.remove(i);
      }
    }
    status.setOutages(all);
  }

  /** Closes a problem, if it is open. An end before the start, by a clock set back, is none. */
  void close(Problem problem, Instant end) {
    find(problem)
        .ifPresent(outage -> {
          Instant start = outage.getStart();
          List<Outage> all = new ArrayList<>(status.getOutages());
          all.set(all.indexOf(outage), outage(problem, start, end.isBefore(start) ? start : end));
          status.setOutages(all);
        });
  }

  private Optional<Outage> find(Problem problem) {
    return status.getOutages().stream()
        .filter(o -> o.getEnd() == null && problem.reason().equals(o.getReason()))
        .findFirst();
  }

  private static Outage outage(Problem problem, Instant start, Instant end) {
    Outage outage = new Outage();
    outage.setReason(problem.reason());
    outage.setStart(start);
    outage.setEnd(end);
    return outage;
  }
}
