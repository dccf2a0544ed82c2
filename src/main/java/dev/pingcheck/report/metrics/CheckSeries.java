package dev.pingcheck.report.metrics;

import dev.pingcheck.crd.SourceStatus;
import dev.pingcheck.stats.AddressRound;
import dev.pingcheck.stats.LossReason;
import dev.pingcheck.stats.Replies;
import dev.pingcheck.stats.RoundReport;
import dev.pingcheck.stats.Setback;
import dev.pingcheck.stats.SetbackCause;
import dev.pingcheck.stats.StrayKind;
import java.util.List;

/**
 * The numbers of one check: plain fields, as there are tens of thousands of checks and each has two
 * score of series. A number that is below 0 was never counted and is not shown.
 *
 * <p>Thread safe.
 */
final class CheckSeries {

  /** From 50 µs to 10 s: a network card's neighbour to the far side of a satellite. In ns. */
  static final long[] BUCKETS = {
    50_000L,
    100_000L,
    250_000L,
    500_000L,
    1_000_000L,
    2_500_000L,
    5_000_000L,
    10_000_000L,
    25_000_000L,
    50_000_000L,
    100_000_000L,
    250_000_000L,
    500_000_000L,
    1_000_000_000L,
    2_500_000_000L,
    5_000_000_000L,
    10_000_000_000L,
  };

  static final int NEVER = -1;

  private static final LossReason[] LOSSES = LossReason.values();
  private static final StrayKind[] STRAYS = StrayKind.values();
  private static final SetbackCause[] CAUSES = SetbackCause.values();

  private final String namespace;
  private final String name;
  private final SourcePlaces places;
  private final long[] lost = absent(LOSSES.length);
  private final long[] buckets = new long[BUCKETS.length + 1];
  private Standing standing = Standing.NONE;
  private long rounds;
  private long unresolved = NEVER;
  private long sent;
  private long received;
  private long untimed = NEVER;
  private long rttNanos;
  private long steps;
  private long stepNanos;
  private long resolutionAge = NEVER;
  // What most checks never have takes no room.
  private long[] strays;
  private long[] delayed;
  private long[] delayNanos;
  private long[] skipped;
  private SourceSeries sources;

  /**
   * @param places those that its nodes may take
   */
  CheckSeries(String namespace, String name, SourcePlaces places) {
    this.namespace = namespace;
    this.name = name;
    this.places = places;
    lost[LossReason.TIMEOUT.ordinal()] = 0; // what is there before its first loss can be rated
  }

  private static long[] absent(int length) {
    long[] all = new long[length];
    java.util.Arrays.fill(all, NEVER);
    return all;
  }

  String namespace() {
    return namespace;
  }

  String name() {
    return name;
  }

  synchronized void count(RoundReport report) {
    rounds++;
    if (report.addresses().isEmpty()) {
      unresolved = Math.max(unresolved, 0) + 1;
    }
    report.addresses().forEach(this::count);
    if (!report.resolution().age().isZero() || resolutionAge >= 0) {
      resolutionAge = report.resolution().age().toNanos();
    }
    report.pacing().setbacks().forEach(this::count);
  }

  private void count(SetbackCause cause, Setback setback) {
    if (delayed == null) {
      delayed = absent(CAUSES.length);
      delayNanos = absent(CAUSES.length);
      skipped = absent(CAUSES.length);
    }
    add(delayed, cause.ordinal(), setback.requestsDelayed());
    add(delayNanos, cause.ordinal(), setback.delay());
    add(skipped, cause.ordinal(), setback.roundsSkipped());
  }

  private void count(AddressRound round) {
    sent += round.sent();
    received += round.received();
    round.lost().forEach((reason, count) -> add(lost, reason.ordinal(), count));
    Replies replies = round.replies();
    replies.rtts().forEach(this::time);
    for (int i = 1; i < replies.rtts().size(); i++) {
      steps++;
      stepNanos += Math.abs(replies.rtts().get(i) - replies.rtts().get(i - 1));
    }
    if (replies.count() > replies.rtts().size()) {
      untimed = Math.max(untimed, 0) + replies.count() - replies.rtts().size();
    }
    round
        .strays()
        .counts()
        .forEach((kind, count) -> {
          strays = strays == null ? absent(STRAYS.length) : strays;
          add(strays, kind.ordinal(), count);
        });
  }

  private void time(long nanos) {
    int at = 0;
    while (at < BUCKETS.length && nanos > BUCKETS[at]) {
      at++;
    }
    buckets[at]++;
    rttNanos += nanos;
  }

  private static void add(long[] to, int at, long count) {
    to[at] = Math.max(to[at], 0) + count;
  }

  synchronized void stand(Standing now) {
    standing = now;
  }

  /** Those of each node from which it is pinged. */
  synchronized SourceSeries sources() {
    if (sources == null) {
      sources = new SourceSeries(places);
    }
    return sources;
  }

  synchronized void showSources(List<SourceStatus> those) {
    if (sources != null || !those.isEmpty()) {
      sources().show(those);
    }
  }

  synchronized List<SourceSeries.Of> ofSources() {
    return sources == null ? List.of() : sources.all();
  }

  /** How many of its nodes have no series. */
  synchronized int sourcesWithout() {
    return sources == null ? 0 : sources.without();
  }

  synchronized Standing standing() {
    return standing;
  }

  /** How old the addresses in use are, in nanoseconds. */
  synchronized long resolutionAge() {
    return resolutionAge;
  }

  /** How many times there was a difference between neighbours in a round. */
  synchronized long steps() {
    return steps;
  }

  /** All these differences together, in nanoseconds. */
  synchronized long stepNanos() {
    return stepNanos;
  }

  synchronized long rounds() {
    return rounds;
  }

  synchronized long unresolved() {
    return unresolved;
  }

  synchronized long sent() {
    return sent;
  }

  synchronized long received() {
    return received;
  }

  synchronized long untimed() {
    return untimed;
  }

  synchronized long lost(LossReason reason) {
    return lost[reason.ordinal()];
  }

  synchronized long strays(StrayKind kind) {
    return strays == null ? NEVER : strays[kind.ordinal()];
  }

  synchronized long delayed(SetbackCause cause) {
    return delayed == null ? NEVER : delayed[cause.ordinal()];
  }

  synchronized long delayNanos(SetbackCause cause) {
    return delayNanos == null ? NEVER : delayNanos[cause.ordinal()];
  }

  synchronized long skipped(SetbackCause cause) {
    return skipped == null ? NEVER : skipped[cause.ordinal()];
  }

  /**
   * The histogram of round-trip times.
   *
   * @param buckets how many were in each bucket alone; the last one has no upper bound
   * @param nanos all of them together
   */
  record Times(List<Long> buckets, long nanos) {}

  synchronized Times times() {
    return new Times(java.util.Arrays.stream(buckets).boxed().toList(), rttNanos);
  }
}
