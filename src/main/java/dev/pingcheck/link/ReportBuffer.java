package dev.pingcheck.link;

import dev.pingcheck.link.proto.Report;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The reports that the operator has not acknowledged, in their encoded form: a probe may hold
 * thousands of them while its operator is away. Full, it drops the oldest that is not on its way.
 *
 * <p>Thread safe.
 */
final class ReportBuffer {
  private final LinkClientLimits limits;
  private final TreeMap<Long, byte[]> unacknowledged = new TreeMap<>();
  private long bytes;
  private long lastSequence;
  private long lastSent;
  private int inFlight;
  private long dropped;

  ReportBuffer(LinkClientLimits limits) {
    this.limits = limits;
  }

  /** Takes a report in and gives it the next sequence number. */
  synchronized void add(Report.Builder report) {
    lastSequence++;
    byte[] encoded = report.setSequence(lastSequence).build().toByteArray();
    if (encoded.length > LinkServer.MAX_MESSAGE_BYTES / 2
        || encoded.length > limits.reportBytes()) {
      dropped++;
      return;
    }
    unacknowledged.put(lastSequence, encoded);
    bytes += encoded.length;
    while (unacknowledged.size() > limits.reports() || bytes > limits.reportBytes()) {
      dropOldest();
    }
  }

  private void dropOldest() {
    Long victim = unacknowledged.higherKey(lastSent);
    if (victim == null || victim == lastSequence) {
      victim = unacknowledged.firstKey();
    }
    if (victim <= lastSent) {
      inFlight--;
    }
    bytes -= unacknowledged.remove(victim).length;
    dropped++;
  }

  /** The next report to send, which is on its way then; empty if none may be sent now. */
  synchronized Optional<byte[]> next() {
    Long sequence = unacknowledged.higherKey(lastSent);
    if (sequence == null || inFlight >= limits.inFlight()) {
      return Optional.empty();
    }
    lastSent = sequence;
    inFlight++;
    return Optional.of(unacknowledged.get(sequence));
  }

  /** The operator has it; an unknown number is ignored. */
  synchronized void acknowledge(long sequence) {
    byte[] encoded = unacknowledged.remove(sequence);
    if (encoded == null) {
      return;
    }
    bytes -= encoded.length;
    if (sequence <= lastSent) {
      inFlight--;
    }
  }

  /** A new stream begins: nothing is on its way, all is to be sent again. */
  synchronized void rewind() {
    lastSent = 0;
    inFlight = 0;
  }

  /** Reports dropped since the start because the buffer was full. */
  synchronized long dropped() {
    return dropped;
  }

  synchronized int size() {
    return unacknowledged.size();
  }

  synchronized boolean isEmpty() {
    return unacknowledged.isEmpty();
  }
}
