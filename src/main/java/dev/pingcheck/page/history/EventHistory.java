package dev.pingcheck.page.history;

import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The last events of every check in a bounded memory: so many a check and so many of all, the
 * oldest go first. They are few enough to be looked through one by one.
 *
 * <p>Thread safe.
 */
public final class EventHistory {
  /** Events of one check. */
  public static final int MOST_OF_A_CHECK = 10;

  /** Events of all checks together; each takes some 2 KiB at most, and rarely a quarter of it. */
  public static final int MOST = 2000;

  /** What makes two events one, as the API server has it. */
  private record Name(String uid, String reason, Instant time) {}

  private final Map<Name, PastEvent> inOrder = new LinkedHashMap<>();
  private Instant since;

  /**
   * @param start when it begins to be told of events
   */
  public EventHistory(Instant start) {
    since = start;
  }

  /** Remembers an event that was said; the same one again is no other. */
  public synchronized void add(String uid, PastEvent event) {
    Name name = new Name(uid, event.reason(), event.time());
    if (inOrder.putIfAbsent(name, event) != null) {
      return;
    }
    List<Name> its = inOrder.keySet().stream().filter(each -> each.uid.equals(uid)).toList();
    if (its.size() > MOST_OF_A_CHECK) {
      inOrder.remove(its.getFirst());
    }
    if (inOrder.size() > MOST) {
      Iterator<Name> oldest = inOrder.keySet().iterator();
      Instant gone = oldest.next().time;
      oldest.remove();
      since = gone.isAfter(since) ? gone : since;
    }
  }

  /** The check is gone. */
  public synchronized void forget(String uid) {
    inOrder.keySet().removeIf(each -> each.uid.equals(uid));
  }

  /** What is known of a check, the newest first. */
  public synchronized List<PastEvent> of(String uid) {
    return inOrder.entrySet().stream()
        .filter(each -> each.getKey().uid.equals(uid))
        .map(Map.Entry::getValue)
        .toList()
        .reversed()
        .stream()
        .sorted(Comparator.comparing(PastEvent::time).reversed())
        .toList();
  }

  /** Of whichever check, the last events that are later than this are known. */
  public synchronized Instant since() {
    return since;
  }
}
