package dev.pingcheck.link;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.stats.ProbeHealth;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
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

  /** A name is a probe's own word: it is known again only where it was heard before. */
  private record Known(Placement placement, String probe) {}

  private final ReportHandler handler;
  private final LinkThread thread;
  private final Clock clock;
  private final Dispatch dispatch;
  private final Farewells farewells = new Farewells();
  private final ProbeWatch watch;
  private final Map<Known, ProbeRecord> present = new LinkedHashMap<>();
  private final Map<Known, ProbeRecord> absent = new LinkedHashMap<>();
  private volatile int connected;
  private EvidenceHandler evidence = EvidenceHandler.NONE;

  ProbeRegistry(ReportHandler handler, Dispatch dispatch, LinkThread thread, Clock clock) {
    this(handler, dispatch, thread, clock, ProbeWatch.NONE);
  }

  ProbeRegistry(
      ReportHandler handler, Dispatch dispatch, LinkThread thread, Clock clock, ProbeWatch watch) {
    this.handler = handler;
    this.dispatch = dispatch;
    this.watch = watch;
    this.thread = thread;
    this.clock = clock;
  }

  /** A probe has said who it is; an older stream of the same probe is ended. */
  ProbeRecord join(String probe, Placement placement, ProbeSession session) {
    Known name = new Known(placement, probe);
    ProbeRecord known = present.get(name);
    if (known != null) {
      known.session().ifPresent(older -> older.end("The probe has opened a newer stream."));
    }
    ProbeRecord record = absent.remove(name);
    int lead = dispatch.timesWithheld();
    if (record == null || record.lead() != lead) {
      // What was not safe when the lead was lost was forgotten here: it has to come again.
      record = new ProbeRecord(probe, placement, lead, handler, thread);
    }
    record.join(session);
    present.put(name, record);
    connected = present.size();
    watch.joined(placement, probe);
    return record;
  }

  /** The stream of a probe has ended. */
  void leave(ProbeRecord record, ProbeSession session) {
    if (!record.leave(session, clock.nanoTime())) {
      return;
    }
    Known name = new Known(record.placement(), record.name());
    present.remove(name);
    absent.put(name, record);
    connected = present.size();
    watch.left(record.placement(), record.name());
    forgetLongAbsent();
  }

  /** A connected probe says how it is. */
  void told(ProbeRecord record, ProbeHealth health) {
    watch.told(record.placement(), record.name(), health);
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

  /** From now on that one takes what probes send of bad rounds. */
  void evidence(EvidenceHandler handlerOfEvidence) {
    evidence = handlerOfEvidence;
  }

  EvidenceHandler evidence() {
    return evidence;
  }

  /**
   * Asks the probe of that name; several probes of one name are all asked.
   *
   * @return whether there is one
   */
  boolean ask(String probe, EvidenceQuestion question) {
    List<ProbeSession> named =
        present.values().stream()
            .filter(record -> record.name().equals(probe))
            .flatMap(record -> record.session().stream())
            .toList();
    named.forEach(session -> session.ask(question));
    return !named.isEmpty();
  }

  /** Who pings what. */
  Dispatch dispatch() {
    return dispatch;
  }

  Clock clock() {
    return clock;
  }

  /** Which probes are ending; of any thread. */
  Farewells farewells() {
    return farewells;
  }

  /** Ends every stream because the operator stops. */
  void endAll() {
    dispatch.close();
    for (ProbeRecord record : present.values().toArray(ProbeRecord[]::new)) {
      record.session().ifPresent(session -> session.end("The operator stops."));
    }
  }

  int connected() {
    return connected;
  }
}
