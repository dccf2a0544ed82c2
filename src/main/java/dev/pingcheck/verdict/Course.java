package dev.pingcheck.verdict;

import dev.pingcheck.crd.EffectiveThresholds;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * How rounds go as seen from one place. The rules: after failureThreshold bad rounds in a row the
 * problems of the round open; after successThreshold good ones in a row all close. Unresolved also
 * closes when the name has an address and another problem is open, which then speaks for the check.
 *
 * @param streak rounds in a row
 * @param open what is wrong
 */
record Course(Streak streak, Set<Problem> open) {

  /**
   * What a round has turned.
   *
   * @param opened each problem that has come, with when it began
   * @param closed each that has gone, with when it ended
   */
  record Turn(Course after, Map<Problem, Instant> opened, Map<Problem, Instant> closed) {}

  /**
   * Goes on by one round.
   *
   * @param found what was wrong in it
   * @param hasAddress whether the name had an address
   * @param start when it began
   */
  Turn then(EffectiveThresholds thresholds, Set<Problem> found, boolean hasAddress, Instant start) {
    Streak next = streak.then(!found.isEmpty(), start);
    Map<Problem, Instant> opened = new EnumMap<>(Problem.class);
    Map<Problem, Instant> closed = new EnumMap<>(Problem.class);
    Set<Problem> now = EnumSet.noneOf(Problem.class);
    now.addAll(open);
    if (next.failures() >= thresholds.failureThreshold()) {
      boolean isLate = streak.failures() >= thresholds.failureThreshold();
      // What joins a check that is bad already has begun with this round, not with the first.
      Instant since = isLate ? start : next.start().orElse(start);
      found.stream().filter(now::add).forEach(problem -> opened.put(problem, since));
    }
    if (next.successes() >= thresholds.successThreshold()) {
      now.forEach(problem -> closed.put(problem, next.start().orElse(start)));
      now.clear();
    } else if (hasAddress && now.size() > 1 && now.remove(Problem.UNRESOLVED)) {
      closed.put(Problem.UNRESOLVED, start);
    }
    return new Turn(new Course(next, now), opened, closed);
  }

  /** Whether what has changed since can decide about a crossing, and must outlive a restart. */
  boolean weighsAsMuchAs(Course other, EffectiveThresholds thresholds) {
    return open.equals(other.open) && weight(thresholds).equals(other.weight(thresholds));
  }

  private Streak weight(EffectiveThresholds thresholds) {
    return streak.weight(thresholds, !open.isEmpty());
  }
}
