package dev.pingcheck.report;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.crd.UnconfirmedEvent;
import dev.pingcheck.report.events.EventLife;
import dev.pingcheck.verdict.Judge;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Says the crossings that stand in a status, and knows which of a stored one are too old to say.
 */
public final class EventTeller {
  private static final System.Logger LOG = System.getLogger(EventTeller.class.getName());

  /** Where events go: {@link dev.pingcheck.report.events.EventWriter#say}. */
  @FunctionalInterface
  public interface EventSink {
    void say(PingCheck check, UnconfirmedEvent crossing);
  }

  private final EventSink sink;
  private final EventLife life;
  private final Clock clock;

  public EventTeller(EventSink sink, EventLife life, Clock clock) {
    this.sink = sink;
    this.life = life;
    this.clock = clock;
  }

  /**
   * Says every crossing of a status that is stored.
   *
   * @param watch sees each that the API server has
   * @return the status without them, to be stored within {@link #confirmWithin}
   * @throws RuntimeException if the API server did not take one; calling again says all again
   */
  PingCheckStatus say(PingCheck check, PingCheckStatus stored, CheckWatch watch) {
    for (UnconfirmedEvent event : stored.getUnconfirmedEvents()) {
      sink.say(check, event);
      watch.event(check.getMetadata().getUid(), event);
    }
    return Judge.confirmed(stored);
  }

  /** The latest time between an event and the status that no longer doubts it. */
  Duration confirmWithin() {
    return life.confirmWithin();
  }

  /**
   * A status as found at the API server, less the crossings whose events may have been said and
   * have aged out since: those must not come back, and had they been said in time, they would be
   * gone by now all the same.
   */
  PingCheckStatus withoutOutlived(PingCheck check, PingCheckStatus found) {
    Instant now = clock.now();
    List<UnconfirmedEvent> sayable =
        found.getUnconfirmedEvents().stream()
            .filter(event -> life.isRepeatable(event.getTime(), now))
            .toList();
    int outlived = found.getUnconfirmedEvents().size() - sayable.size();
    if (outlived == 0) {
      return found;
    }
    LOG.log(
        System.Logger.Level.WARNING,
        () ->
            "Of %s/%s, %d crossings older than events live are not said again; outages tells them."
                .formatted(
                    check.getMetadata().getNamespace(), check.getMetadata().getName(), outlived));
    PingCheckStatus rest = Judge.confirmed(found);
    rest.setUnconfirmedEvents(sayable);
    return rest;
  }
}
