package dev.pingcheck.page.history;

import dev.pingcheck.stats.AddressRound;
import dev.pingcheck.stats.RoundReport;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The last three hours of every check in a bounded memory. The more checks there are, the more
 * rounds share a slot: the width of a slot is the smallest of the list with which each check has
 * room for all three hours. What was recorded with a smaller one is merged.
 *
 * <p>Thread safe.
 */
public final class RoundHistory {
  /** How long a round is kept. */
  public static final Duration LENGTH = Duration.ofHours(3);

  /** Room for all slots together, in octets. */
  public static final int OCTETS = 8 * 1024 * 1024;

  /** In seconds; each is a multiple of those before it, so that slots can be merged. */
  private static final int[] WIDTHS = {5, 15, 45, 90, 180, 360, 720, 1440, 2880, 5760, 11_520};

  private final SlotPool pool;
  private final Map<String, Track> byUid = new HashMap<>();
  private int width = WIDTHS[0];

  /**
   * @param octets the most that all slots may take
   */
  public RoundHistory(int octets) {
    pool = new SlotPool(octets);
  }

  /** Remembers a round. */
  public synchronized void add(RoundReport report) {
    track(report.checkUid()).add(slot(report), width, LENGTH.toSeconds());
  }

  /** The check is gone. */
  public synchronized void forget(String uid) {
    Track gone = byUid.remove(uid);
    if (gone != null) {
      gone.clear();
      // Not at once: whoever makes and deletes checks at a border would have all slots merged
      // again.
      width = Math.min(width, widthFor(byUid.size() + byUid.size() / 4));
    }
  }

  /** What is known of a check, the oldest first. */
  public synchronized List<Slot> of(String uid) {
    Track track = byUid.get(uid);
    return track == null ? List.of() : track.all();
  }

  /** How long the span of a new slot is. */
  public synchronized Duration width() {
    return Duration.ofSeconds(width);
  }

  /** How much of the room is in use, in octets. */
  public synchronized int used() {
    return pool.taken() * SlotPool.OCTETS;
  }

  private Track track(String uid) {
    Track known = byUid.get(uid);
    if (known != null) {
      return known;
    }
    Track track = new Track(pool);
    byUid.put(uid, track);
    int needed = widthFor(byUid.size());
    if (needed > width) {
      byUid.values().forEach(each -> each.fold(needed));
    }
    width = needed;
    return track;
  }

  private int widthFor(int checks) {
    for (int each : WIDTHS) {
      // One more: three hours rarely begin where a slot does.
      if (checks * (LENGTH.toSeconds() / each + 1) <= pool.capacity()) {
        return each;
      }
    }
    return WIDTHS[WIDTHS.length - 1];
  }

  private static Slot slot(RoundReport report) {
    int sent = 0;
    int received = 0;
    for (AddressRound round : report.addresses()) {
      sent += round.sent();
      received += round.received();
    }
    long[] rtts =
        report.addresses().stream()
            .flatMap(round -> round.replies().rtts().stream())
            .mapToLong(Long::longValue)
            .toArray();
    Optional<Spread> spread = rtts.length == 0 ? Optional.empty() : Optional.of(Spread.of(rtts));
    return new Slot(report.startTime().getEpochSecond(), sent, sent - received, spread);
  }
}
