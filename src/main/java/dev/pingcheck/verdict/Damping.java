package dev.pingcheck.verdict;

import dev.pingcheck.crd.Durations;
import dev.pingcheck.crd.EffectiveThresholds;
import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.crd.RecentTurns;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Says crossings, or says that they are too many to be said one by one. The rule, apart for each
 * kind of crossing:
 *
 * <ul>
 *   <li>The window is as long as ten of the shortest outages that the thresholds allow, at least
 *       ten minutes and at most an hour.
 *   <li>The sixth crossing within the window is not said: FlappingStarted is. Nor are those that
 *       follow.
 *   <li>The first round that ends the window or more after the last crossing says FlappingStopped
 *       and the present state, as if it were a crossing.
 * </ul>
 *
 * <p>A crossing before the last one is that of a clock that was set back: counting starts anew.
 */
final class Damping {
  private static final int MANY = 6;
  private static final int OUTAGES_A_WINDOW = 10;
  private static final Duration SHORTEST = Duration.ofMinutes(10);
  private static final Duration LONGEST = Duration.ofHours(1);

  private final Draft draft;
  private final Duration window;
  private final Instant at;
  private final List<String> started = new ArrayList<>();
  private final List<String> stopped = new ArrayList<>();

  Damping(Draft draft, EffectiveThresholds thresholds, Instant at) {
    this.draft = draft;
    this.window = window(thresholds, draft.period());
    this.at = at;
  }

  static Duration window(EffectiveThresholds thresholds, Duration period) {
    int rounds = thresholds.failureThreshold() + thresholds.successThreshold();
    Duration window = period.multipliedBy((long) OUTAGES_A_WINDOW * rounds);
    if (window.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return window.compareTo(LONGEST) > 0 ? LONGEST : window;
  }

  /** Says what is to be said of a round, given how everything stands after it. */
  void judge(List<Standing> standings) {
    standings.forEach(this::judge);
    if (!started.isEmpty()) {
      draft.say(EventReason.FLAPPING_STARTED, at, String.join(" ", started));
    }
    if (!stopped.isEmpty()) {
      draft.say(EventReason.FLAPPING_STOPPED, at, String.join(" ", stopped));
    }
  }

  private void judge(Standing standing) {
    Optional<RecentTurns> known = find(draft.status(), standing.kind());
    List<Instant> times = known.map(RecentTurns::getTimes).orElse(List.of());
    Optional<Instant> since = known.map(RecentTurns::getFlappingSince);
    if (since.isPresent() && isQuiet(times)) {
      stopped.add(text(standing.kind()) + " rarely again. " + standing.note());
      draft.say(standing.event(), at, standing.note());
      remember(standing.kind(), standing.crossed() ? List.of(at) : List.of(), Optional.empty());
    } else if (since.isPresent() && standing.crossed()) {
      remember(standing.kind(), andNow(times), since);
    } else if (standing.crossed()) {
      crossed(standing, andNow(times));
    }
  }

  private void crossed(Standing standing, List<Instant> times) {
    boolean isFlapping =
        times.size() == MANY && !times.getFirst().plus(window).isBefore(times.getLast());
    if (isFlapping) {
      started.add(
          "%s %d times within %s; single crossings raise no event until there was none for %s. %s"
              .formatted(
                  text(standing.kind()),
                  MANY,
                  Durations.exact(Duration.between(times.getFirst(), at)),
                  Durations.exact(window),
                  standing.note()));
    } else {
      draft.say(standing.event(), at, standing.note());
    }
    remember(standing.kind(), times, isFlapping ? Optional.of(at) : Optional.empty());
  }

  private boolean isQuiet(List<Instant> times) {
    return times.isEmpty()
        || times.getLast().isAfter(at)
        || !times.getLast().plus(window).isAfter(at);
  }

  private List<Instant> andNow(List<Instant> times) {
    boolean clockWasSetBack = !times.isEmpty() && times.getLast().isAfter(at);
    List<Instant> all = new ArrayList<>(clockWasSetBack ? List.of() : times);
    all.add(at);
    return all.subList(Math.max(0, all.size() - MANY), all.size());
  }

  private void remember(EventReason kind, List<Instant> times, Optional<Instant> since) {
    RecentTurns turns = new RecentTurns();
    turns.setReason(kind.text());
    turns.setTimes(List.copyOf(times));
    turns.setFlappingSince(since.orElse(null));
    List<RecentTurns> all = new ArrayList<>(draft.status().getTurns());
    all.removeIf(t -> kind.text().equals(t.getReason()));
    if (!times.isEmpty()) {
      all.add(turns);
    }
    all.sort(Comparator.comparing(RecentTurns::getReason));
    draft.status().setTurns(all);
    draft.markUrgent();
  }

  /** What is to be added to the state of a check that is flapping; empty for one that is not. */
  static String note(PingCheckStatus status) {
    for (Problem problem : Problem.values()) {
      Optional<Instant> since = flappingSince(status, problem.opens());
      if (since.isPresent()) {
        return " Flapping since " + since.get() + ": single crossings raise no event.";
      }
    }
    return "";
  }

  /** Since when crossings of this kind are not said one by one. */
  static Optional<Instant> flappingSince(PingCheckStatus status, EventReason kind) {
    return find(status, kind).map(RecentTurns::getFlappingSince);
  }

  private static Optional<RecentTurns> find(PingCheckStatus status, EventReason kind) {
    return status.getTurns().stream().filter(t -> kind.text().equals(t.getReason())).findFirst();
  }

  private static String text(EventReason kind) {
    return switch (kind) {
      case RESOLUTION_FAILED -> "The name lost or regained its addresses";
      case RTT_THRESHOLD_EXCEEDED -> "The round-trip time crossed its threshold";
      case ADDRESS_CHANGED -> "The addresses changed";
      default -> "The loss crossed its threshold";
    };
  }
}
