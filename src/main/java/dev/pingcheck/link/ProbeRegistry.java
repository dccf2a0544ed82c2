package dev.pingcheck.link;

import dev.pingcheck.clock.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the operator remembers of each probe across its streams: a report that is sent again because
 * its acknowledgement was lost must be known again. A probe that went away is forgotten after a
 * time, the longest absent first when there are many.
 *
 * <p>Belongs to the link's thread, except {@link #connected()}.
 */
final class ProbeRegistry {
  private static final int MAX_ABSENT = 1024;
  private static final Duration REMEMBERED_FOR = Duration.ofHours(1);

  private final ReportHandler handler;
  private final LinkThread thread;
  private final Clock clock;
  private final Map<String, ProbeRecord> present = new LinkedHashMap<>();
  private final Map<String, ProbeRecord> absent = new LinkedHashMap<>();
  private volatile int connected;

  ProbeRegistry(ReportHandler handler, LinkThread thread, Clock clock) {
    this.handler = handler;
    this.thread = thread;
    this.clock = clock;
  }

  /** A probe has said who it is; an older stream of the same probe is ended. */
  ProbeRecord join(String probe, ProbeSession session) {
    ProbeRecord known = present.get(probe);
    if (known != null) {
      known.session().ifPresent(older -> older.end("The probe has opened a newer stream."));
    }
    ProbeRecord record = absent.remove(probe);
    if (record == null) {
      record = new ProbeRecord(probe, handler, thread);
    }
    record.join(session);
    present.put(probe, record);
    connected = present.size();
    return record;
  }

  /** The stream of a probe has ended. */
  void leave(ProbeRecord record, ProbeSession session) {
    if (!record.leave(session, clock.nanoTime())) {
      return;
    }
    present.remove(record.name());
    absent.put(record.name(), record);
    connected = present.size();
    forgetLongAbsent();
  }

  private void forgetLongAbsent() {
    Iterator<ProbeRecord> oldestFirst = absent.values().iterator();
    while (oldestFirst.hasNext()) {
      long away = clock.nanoTime() - oldestFirst.next().leftAt();
      if (absent.size() <= MAX_ABSENT && away < REMEMBERED_FOR.toNanos()) {
        return;
      }
      oldestFirst.remove();
    }
  }

  /** Ends every stream because the operator stops. */
  void endAll() {
    for (ProbeRecord record : present.values().toArray(ProbeRecord[]::new)) {
      record.session().ifPresent(session -> session.end("The operator stops."));
    }
  }

  int connected() {
    return connected;
  }
}
