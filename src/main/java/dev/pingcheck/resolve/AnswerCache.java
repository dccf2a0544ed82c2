package dev.pingcheck.resolve;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.plan.ProbePlan.IpFamilies;
import dev.pingcheck.resolve.NameResolver.Answer;
import dev.pingcheck.stats.Resolution;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Whole answers: what gives them again costs neither a file nor a socket. An answer that is not
 * good any more is still given for a minute, so that nobody waits while it is looked for anew.
 *
 * <p>Thread safe.
 */
final class AnswerCache {
  /** Longer than the time between a look ahead and its round. */
  static final Duration RECENT = Duration.ofMinutes(1);

  /** As long as a look ahead is before its round, and takes. */
  private static final Duration LATELY = Duration.ofSeconds(15);

  private final Clock clock;
  private final RecentlyUsed<Asked, Kept> entries;
  private final Set<Asked> looks = new HashSet<>();
  private long epoch;

  /** What a resolver is asked for. */
  record Asked(String hostname, IpFamilies families) {}

  private record Kept(Answer answer, long epoch, long since, long until) {}

  AnswerCache(Clock clock, int capacity, Duration idle) {
    this.clock = clock;
    this.entries = new RecentlyUsed<>(clock, capacity, idle);
  }

  /** What is known, if it is good or was looked for within the last minute. */
  synchronized Optional<Answer> get(Asked asked) {
    long now = clock.nanoTime();
    return entries
        .get(asked)
        .filter(kept -> now - kept.until < 0 || now - kept.since < RECENT.toNanos())
        .map(kept -> aged(kept.answer, Duration.ofNanos(now - kept.since)));
  }

  /** Addresses that were stale when they were looked for are older now. */
  private static Answer aged(Answer answer, Duration by) {
    Resolution resolution = answer.resolution();
    return resolution.state() == Resolution.State.STALE
        ? new Answer(
            Resolution.stale(resolution.detail(), resolution.age().plus(by)), answer.addresses())
        : answer;
  }

  /** Whether what is known is still good at a time. */
  synchronized boolean isGood(Asked asked, long at) {
    return entries
        .get(asked)
        .filter(kept -> kept.epoch == epoch && at - kept.until < 0)
        .isPresent();
  }

  /** Whether what is known is not good any more, and nobody has looked for it since, or lately. */
  synchronized boolean isNeglected(Asked asked) {
    long now = clock.nanoTime();
    return entries
        .get(asked)
        .filter(kept -> kept.epoch == epoch)
        .filter(kept -> now - kept.until < 0 || now - kept.since < LATELY.toNanos())
        .isEmpty();
  }

  /** Whether the caller is to look for it now: nobody else does. */
  synchronized boolean beginLook(Asked asked) {
    return looks.add(asked);
  }

  synchronized void endLook(Asked asked) {
    looks.remove(asked);
  }

  /** Changes whenever no answer is good any more. */
  synchronized long epoch() {
    return epoch;
  }

  /**
   * Keeps an answer.
   *
   * @param since the epoch at which the question was asked
   * @param until monotonic time at which it is not good any more
   */
  synchronized void keep(Asked asked, Answer answer, long since, long until) {
    entries.put(asked, new Kept(answer, since, clock.nanoTime(), until));
  }

  /** All is to be looked for anew, but nobody waits for that. */
  synchronized void expire() {
    epoch++;
  }

  synchronized void forgetIdle() {
    entries.forgetIdle();
  }

  synchronized int size() {
    return entries.size();
  }
}
