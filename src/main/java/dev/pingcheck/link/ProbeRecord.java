package dev.pingcheck.link;

import dev.pingcheck.link.proto.Report;
import dev.pingcheck.stats.RoundReport;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Which reports of one probe were handed over. A probe sends in the order of its sequence numbers
 * and begins each stream with the first that was not acknowledged; so whatever is not above the
 * highest number was handed over before.
 *
 * <p>Belongs to the link's thread.
 */
final class ProbeRecord {
  private static final System.Logger LOG = System.getLogger(ProbeRecord.class.getName());

  private final String name;
  private final Placement placement;
  private final int lead;
  private final ReportHandler handler;
  private final LinkThread thread;
  private final Set<Long> notYetSafe = new HashSet<>();
  private long highest;
  private Optional<ProbeSession> session = Optional.empty();
  private long leftAt;

  /**
   * @param lead under which of this operator's leads the reports are handed over
   */
  ProbeRecord(
      String name, Placement placement, int lead, ReportHandler handler, LinkThread thread) {
    this.name = name;
    this.placement = placement;
    this.lead = lead;
    this.handler = handler;
    this.thread = thread;
  }

  String name() {
    return name;
  }

  Placement placement() {
    return placement;
  }

  int lead() {
    return lead;
  }

  Optional<ProbeSession> session() {
    return session;
  }

  long leftAt() {
    return leftAt;
  }

  void join(ProbeSession joined) {
    session = Optional.of(joined);
  }

  /** Whether it was this session that the probe had. */
  boolean leave(ProbeSession left, long now) {
    if (session.filter(current -> current == left).isEmpty()) {
      return false;
    }
    session = Optional.empty();
    leftAt = now;
    return true;
  }

  /** Hands a report over unless that was done before, and has it acknowledged once it is safe. */
  void receive(Report message) {
    long sequence = message.getSequence();
    if (sequence <= highest) {
      if (!notYetSafe.contains(sequence)) {
        acknowledge(sequence);
      }
      return;
    }
    highest = sequence;
    notYetSafe.add(sequence);
    ReportMessages.decode(message)
        .ifPresentOrElse(report -> handOver(report, sequence), () -> refuse(sequence));
  }

  private void handOver(RoundReport report, long sequence) {
    AtomicBoolean said = new AtomicBoolean();
    Runnable safe =
        () -> {
          if (said.compareAndSet(false, true)) {
            thread.execute(() -> safe(sequence));
          }
        };
    try {
      handler.handle(placement, report, safe);
    } catch (RuntimeException broken) {
      LOG.log(System.Logger.Level.ERROR, "Report " + report.id() + " was lost.", broken);
      safe.run();
    }
  }

  /** Acknowledged all the same: it would be as wrong the next time. */
  private void refuse(long sequence) {
    LOG.log(
        System.Logger.Level.WARNING,
        () -> "Report " + sequence + " of probe " + name + " contradicts itself and is dropped.");
    safe(sequence);
  }

  private void safe(long sequence) {
    notYetSafe.remove(sequence);
    acknowledge(sequence);
  }

  private void acknowledge(long sequence) {
    session.ifPresent(current -> current.acknowledge(sequence));
  }
}
