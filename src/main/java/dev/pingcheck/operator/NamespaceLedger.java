package dev.pingcheck.operator;

import dev.pingcheck.plan.EchoRate;
import dev.pingcheck.plan.policy.Limits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the checks of one namespace ask for together, and which of them fit into its limits: the
 * oldest first, those of one second by their names. One that does not fit takes nothing from those
 * behind it. So a younger check never costs an older one its place.
 *
 * <p>Not thread safe.
 */
final class NamespaceLedger {

  /**
   * The place of a check in its namespace.
   *
   * @param created its creationTimestamp, as the API server writes it: text in the order of time
   */
  record Place(String created, String name, String uid) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
        Comparator.comparing(Place::created).thenComparing(Place::name).thenComparing(Place::uid);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  /** Whether a check fits, or what of it does not. */
  enum Standing {
    FITS,
    TOO_MANY_CHECKS,
    TOO_MANY_ECHOES
  }

  /** What a check asks for, and how it stood when this was last worked out. */
  private static final class Entry {
    private final long micros;
    private Standing standing = Standing.FITS;
    private Sum before;

    Entry(long micros) {
      this.micros = micros;
    }
  }

  /**
   * What the fitting checks up to some place have taken.
   *
   * @param micros millionths of an echo request a second
   */
  private record Sum(int checks, long micros) {}

  private final Limits limits;
  private final TreeMap<Place, Entry> entries = new TreeMap<>();
  private final Map<String, Place> places = new HashMap<>();

  NamespaceLedger(Limits limits) {
    this.limits = limits;
  }

  /**
   * A check asks for this much.
   *
   * @param micros millionths of an echo request a second
   * @return the names of the other checks that have come to stand differently
   */
  List<String> put(Place place, long micros) {
    Entry known = entries.get(place);
    if (known != null && known.micros == micros) {
      return List.of();
    }
    entries.put(place, new Entry(micros));
    places.put(place.uid(), place);
    List<String> moved = settle(place);
    moved.remove(place.name());
    return moved;
  }

  /** A check asks for nothing any more; the rest is as for {@link #put}. */
  List<String> remove(String uid) {
    Place place = places.remove(uid);
    if (place == null) {
      return List.of();
    }
    entries.remove(place);
    return Optional.ofNullable(entries.higherKey(place)).map(this::settle).orElse(List.of());
  }

  /** How a check stands; one that asks for nothing fits. */
  Standing standing(String uid) {
    Place place = places.get(uid);
    return place == null ? Standing.FITS : entries.get(place).standing;
  }

  /** How many checks ask for something. */
  int size() {
    return entries.size();
  }

  /** The millionths of an echo request a second that all fitting checks take. */
  long micros() {
    return entries.isEmpty() ? 0 : after(entries.lastEntry().getValue()).micros;
  }

  /** How many checks fit. */
  int checks() {
    return entries.isEmpty() ? 0 : after(entries.lastEntry().getValue()).checks;
  }

  /** Works out all from this place on, as far as it makes a difference. */
  private List<String> settle(Place from) {
    List<String> moved = new ArrayList<>();
    Map.Entry<Place, Entry> lower = entries.lowerEntry(from);
    Sum sum = lower == null ? new Sum(0, 0) : after(lower.getValue());
    for (Map.Entry<Place, Entry> next : entries.tailMap(from, true).entrySet()) {
      Entry entry = next.getValue();
      if (sum.equals(entry.before)) {
        return moved;
      }
      Standing standing = standing(sum, entry);
      if (standing != entry.standing) {
        moved.add(next.getKey().name());
      }
      entry.standing = standing;
      entry.before = sum;
      sum = after(entry);
    }
    return moved;
  }

  private Standing standing(Sum before, Entry entry) {
    if (before.checks >= limits.checks().value()) {
      return Standing.TOO_MANY_CHECKS;
    }
    long most = limits.echoesPerSecond().value() * EchoRate.MICROS;
    return before.micros + entry.micros > most ? Standing.TOO_MANY_ECHOES : Standing.FITS;
  }

  private static Sum after(Entry entry) {
    return entry.standing == Standing.FITS
        ? new Sum(entry.before.checks + 1, entry.before.micros + entry.micros)
        : entry.before;
  }
}
