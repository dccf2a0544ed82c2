package dev.pingcheck.verdict;

import dev.pingcheck.crd.UnconfirmedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The crossings whose events wait to be said. Where events cannot be written for long, the newest
 * stay; one entry at the head tells how many older ones it stands for, so that none goes silently.
 */
final class Unsaid {

  /** How many entries a status holds. */
  static final int MOST = 20;

  private Unsaid() {}

  static List<UnconfirmedEvent> with(
      List<UnconfirmedEvent> before, EventReason reason, Instant time, String note) {
    List<UnconfirmedEvent> all = new ArrayList<>(before);
    all.add(event(reason, time, note));
    while (all.size() > MOST) {
      all.addFirst(merged(all.removeFirst(), all.removeFirst()));
    }
    return List.copyOf(all);
  }

  private static UnconfirmedEvent merged(UnconfirmedEvent first, UnconfirmedEvent second) {
    int omitted = weight(first) + weight(second);
    Instant last = second.getTime();
    UnconfirmedEvent event =
        event(
            EventReason.CROSSINGS_OMITTED,
            last,
            omitted
                + " crossings up to "
                + last
                + " were not said one by one, as no event could be written. See status.outages.");
    event.setOmitted(omitted);
    return event;
  }

  private static int weight(UnconfirmedEvent event) {
    return event.getOmitted() == null ? 1 : event.getOmitted();
  }

  private static UnconfirmedEvent event(EventReason reason, Instant time, String note) {
    UnconfirmedEvent event = new UnconfirmedEvent();
    event.setType(reason.type());
    event.setReason(reason.text());
    event.setTime(time);
    event.setNote(note);
    return event;
  }
}
