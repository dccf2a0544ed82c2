package dev.pingcheck.cli.kubectl;

import dev.pingcheck.stats.Loss;
import dev.pingcheck.stats.RoundId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a run has been told so far: each round once, and how many were not told. */
final class RunStatistics {
  private static final double NANOS_OF_MILLISECOND = 1e6;

  /** The last round of a node, and its number from the first. */
  private record Seen(RoundId last, long sequence) {

    /** Numbers of a probe are without gaps; those of another one have another beginning. */
    long stepTo(RoundId next) {
      return last.probe().equals(next.probe()) ? next.number() - last.number() : 1;
    }
  }

  private final Map<String, Seen> byNode = new HashMap<>();
  private long sent;
  private long received;
  private long untold;
  private long min = Long.MAX_VALUE;
  private long max;
  private double sum;
  private double squares;
  private long timed;

  /**
   * Takes a round.
   *
   * @return its number among those of its node, from 1 for the first that was told; empty if it was
   *     told before
   */
  Optional<Long> take(ToldRound round) {
    Seen before = byNode.get(round.node());
    if (before != null && round.id().isNotAfter(before.last)) {
      return Optional.empty();
    }
    long step = before == null ? 1 : before.stepTo(round.id());
    long sequence = (before == null ? 0 : before.sequence) + step;
    untold += step - 1;
    byNode.put(round.node(), new Seen(round.id(), sequence));
    sent += round.sent();
    received += round.received();
    round.times().ifPresent(times -> add(times, round.received()));
    return Optional.of(sequence);
  }

  private void add(ToldRound.Times times, int replies) {
    min = Math.min(min, times.min());
    max = Math.max(max, times.max());
    timed += replies;
    sum += (double) times.avg() * replies;
    double deviation = times.deviation();
    squares += ((double) times.avg() * times.avg() + deviation * deviation) * replies;
  }

  /** Whether every node that has told something is as far as that many rounds. */
  boolean hasReached(long rounds) {
    return !byNode.isEmpty() && byNode.values().stream().allMatch(seen -> seen.sequence >= rounds);
  }

  /** From how many nodes something was told; 1 for a check that names none. */
  int nodes() {
    return byNode.size();
  }

  long sent() {
    return sent;
  }

  long received() {
    return received;
  }

  /** Rounds that have ended, and whose figures were replaced by newer ones before being told. */
  long untold() {
    return untold;
  }

  int lossPercent() {
    return Loss.percent((int) sent, (int) received);
  }

  boolean hasTimes() {
    return timed > 0;
  }

  /** In milliseconds: min, avg, max and, where whole rounds tell it, the standard deviation. */
  String times() {
    double mean = sum / timed;
    double deviation = Math.sqrt(Math.max(0, squares / timed - mean * mean));
    return milliseconds(min)
        + "/"
        + milliseconds(mean)
        + "/"
        + milliseconds(max)
        + "/"
        + milliseconds(deviation);
  }

  static String milliseconds(double nanos) {
    return String.format(Locale.ROOT, "%.3f", nanos / NANOS_OF_MILLISECOND);
  }
}
