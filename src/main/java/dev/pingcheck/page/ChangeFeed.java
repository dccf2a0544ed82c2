package dev.pingcheck.page;

import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.crd.PingCheckStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Knows which checks have changed since when. Each change gets a number; a check that changes again
 * moves to the end, so that whoever was away hears of each check once, as it is by then. Nothing is
 * kept of a change but what it has led to.
 *
 * <p>Not thread safe.
 */
final class ChangeFeed {
  /** Of so many checks that are gone is known that they were there. */
  static final int MOST_GONE = 1000;

  /**
   * A check and its last change.
   *
   * @param number of the change
   * @param status empty: the check is gone
   */
  record Change(String uid, long number, PingCheck check, Optional<PingCheckStatus> status) {}

  private final PageSource source;
  private final String epoch = Long.toHexString(new Random().nextLong());
  private final LinkedHashMap<String, Known> byUid = new LinkedHashMap<>();
  private long number;
  private long forgotten;
  private int look;
  private int gone;

  ChangeFeed(PageSource source) {
    this.source = source;
  }

  /** How a check was when it was last looked at. */
  private static final class Known {
    private Change change;
    private int look;

    private Known(Change change, int look) {
      this.change = change;
      this.look = look;
    }
  }

  /** Finds what has changed. */
  void look() {
    look++;
    source.checks().forEach(this::look);
    List<Known> missing =
        byUid.values().stream()
            .filter(known -> known.look != look && known.change.status.isPresent())
            .toList();
    for (Known known : missing) {
      put(new Known(new Change(known.change.uid, ++number, null, Optional.empty()), look));
      gone++;
    }
    forgetSomeGone();
  }

  private void look(PingCheck check) {
    String uid = check.getMetadata().getUid();
    PingCheckStatus status = source.status(check);
    Known known = byUid.get(uid);
    if (known != null && known.change.check == check && isSame(known.change, status)) {
      known.look = look;
    } else {
      put(new Known(new Change(uid, ++number, check, Optional.of(status)), look));
    }
  }

  private static boolean isSame(Change change, PingCheckStatus status) {
    return change.status.filter(before -> before == status).isPresent();
  }

  private void put(Known known) {
    byUid.remove(known.change.uid); // so that it moves to the end
    byUid.put(known.change.uid, known);
  }

  private void forgetSomeGone() {
    if (gone <= MOST_GONE) {
      return;
    }
    var all = byUid.values().iterator();
    while (gone > MOST_GONE && all.hasNext()) {
      Change change = all.next().change;
      if (change.status.isEmpty()) {
        forgotten = change.number;
        all.remove();
        gone--;
      }
    }
  }

  /** The number of the last change. */
  long number() {
    return number;
  }

  /** A number in the form in which a browser gives it back. */
  String token(long at) {
    return epoch + "." + at;
  }

  /** The number that a browser has given back; 0 if it has to hear of all checks anew. */
  long read(String token) {
    if (token == null || !token.matches("\\Q" + epoch + "\\E\\.[0-9]{1,18}")) {
      return 0;
    }
    long at = Long.parseLong(token.substring(epoch.length() + 1));
    return at < forgotten || at > number ? 0 : at;
  }

  /** Whether somebody who was last told of that number may have missed that a check is gone. */
  boolean isTooOld(long at) {
    return at != 0 && at < forgotten;
  }

  /**
   * The changes after a number, the earliest first; to one who knows nothing, no check that is
   * gone.
   */
  List<Change> since(long at) {
    List<Change> changes = new ArrayList<>();
    for (Known known : byUid.sequencedValues().reversed()) {
      if (known.change.number <= at) {
        break;
      }
      if (at != 0 || known.change.status.isPresent()) {
        changes.add(known.change);
      }
    }
    return changes.reversed();
  }
}
