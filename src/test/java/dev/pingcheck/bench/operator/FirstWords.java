package dev.pingcheck.bench.operator;

import dev.pingcheck.bench.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How long the first figures of checks took to be told, and how much of that is the bucket's: the
 * wait that a bucket of the same rate without any other delay would have caused.
 *
 * @param total from the end of the first round to its status as a client sees it, in milliseconds
 * @param beyond the same without the bucket's share
 * @param share the bucket's share alone
 */
record FirstWords(Sample total, Sample beyond, Sample share) {
  static final int WRITES_PER_SECOND = 200;

  /** The write of a first round, wanted since its end. */
  private record Write(Instant wanted, Instant seen) {}

  static FirstWords of(CheckWatch watch, SimulatedProbe probe) {
    List<Write> writes = new ArrayList<>();
    watch
        .firstTold()
        .forEach((name, seen) -> writes.add(new Write(probe.firstRounds().get(name), seen)));
    return measure(writes);
  }

  /** First come, first served, at the bucket's rate, from a full bucket. */
  private static FirstWords measure(List<Write> writes) {
    writes.sort(Comparator.comparing(Write::wanted));
    List<Double> total = new ArrayList<>();
    List<Double> beyond = new ArrayList<>();
    List<Double> share = new ArrayList<>();
    double tokens = WRITES_PER_SECOND;
    Instant filled = writes.getFirst().wanted();
    for (Write write : writes) {
      double since = Duration.between(filled, write.wanted()).toNanos() / 1e9;
      tokens = Math.min(WRITES_PER_SECOND, tokens + since * WRITES_PER_SECOND) - 1;
      filled = write.wanted();
      double wait = Math.max(0, -tokens / WRITES_PER_SECOND * 1000);
      total.add(millis(write.wanted(), write.seen()));
      share.add(wait);
      beyond.add(Math.max(0, millis(write.wanted(), write.seen()) - wait));
    }
    return new FirstWords(new Sample(total), new Sample(beyond), new Sample(share));
  }

  private static double millis(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / 1e6;
  }
}
