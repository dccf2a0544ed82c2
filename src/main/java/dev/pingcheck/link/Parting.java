package dev.pingcheck.link;

import dev.pingcheck.link.proto.Farewell;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How a probe takes leave: it says until when its rounds have begun and hears of no more plans;
 * then it closes, and ends when nothing is left to tell.
 *
 * <p>Thread safe.
 */
final class Parting {
  private final CountDownLatch end = new CountDownLatch(1);
  private volatile Optional<Instant> begunUntil = Optional.empty();
  private volatile boolean allEnded;
  private volatile boolean closing;

  /** Rounds that were due by then have begun; no later one begins. */
  void leave(Instant begunUntil) {
    this.begunUntil = Optional.of(begunUntil);
  }

  /** Those rounds have ended. */
  void allEnded() {
    allEnded = true;
  }

  /** No report comes any more. */
  void closing() {
    closing = true;
  }

  boolean isClosing() {
    return closing;
  }

  /** Whether what the operator asks for now is not carried out any more. */
  boolean hasBegun() {
    return closing || begunUntil.isPresent();
  }

  /**
   * What to say to the operator; empty while the probe stays.
   *
   * @param allTold whether it has every report
   */
  Optional<Farewell> words(boolean allTold) {
    return begunUntil.map(
        until -> InterruptionMessages.farewell(until, closing && allEnded && allTold));
  }

  /**
   * Ends the wait if it may.
   *
   * @param nothingLeft whether nothing is left to tell, or nobody to tell it
   * @return whether the probe is at its end
   */
  boolean endIf(boolean nothingLeft) {
    if (closing && nothingLeft) {
      end.countDown();
      return true;
    }
    return false;
  }

  /** Waits for the end, no longer than that. */
  void await(Duration limit) {
    try {
      var unused = end.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
