package dev.pingcheck.operator;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.operator.LeaseClaims.Claim;
import dev.pingcheck.plan.Interruption;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Elects one of several operators by a Lease. It is renewed every two seconds and belongs to its
 * holder for ten; the holder itself stops writing six seconds after the last renewal that it sent,
 * so that it has stopped long before another takes over, whatever the clocks of the two say: each
 * measures with its own monotonic one.
 *
 * <p>That alone cannot keep two from writing at once, as a process may sleep at any moment. The
 * version in each status write and the names of events do.
 */
final class LeaseElection implements AutoCloseable {

  /** How long a lease belongs to its holder after the last renewal that others have seen. */
  static final Duration LEASE = Duration.ofSeconds(10);

  /** How long the holder itself trusts in it. */
  static final Duration TRUST = Duration.ofSeconds(6);

  private static final Duration RENEWAL = Duration.ofSeconds(2);
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** An operator that cannot ask lets its probe go on for as long as the probe itself would. */
  private static final Duration UNSURE_AT_MOST = Duration.ofMinutes(10);

  private static final System.Logger LOG = System.getLogger(LeaseElection.class.getName());

  /** Runs for the lead: {@link LeaseClaims}. */
  interface Claimant {
    Claim claim();

    /**
     * @param interruption what the next leader's probe has to make up for
     */
    void release(Optional<Interruption> interruption);
  }

  /** Hears of changes, on the election's thread. */
  interface Listener {
    /**
     * @param interruption what the probe has to make up for, if the leader before has said so
     */
    void leads(Optional<Interruption> interruption);

    /**
     * @param leader who leads instead
     */
    void standsBy(String leader);

    /** The lease was not renewed in time, but nobody else has taken it. */
    void mayWriteAgain();
  }

  private final Claimant claims;
  private final Leadership leadership;
  private final Listener listener;
  private final Clock clock;
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().name("lease").daemon().factory());
  private long renewedAt;
  private String lastFailure = "";
  private boolean closed;

  LeaseElection(Claimant claims, Leadership leadership, Listener listener, Clock clock) {
    this.claims = claims;
    this.leadership = leadership;
    this.listener = listener;
    this.clock = clock;
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Begins to run for the lead, for ever. */
  void start() {
    renewedAt = clock.nanoTime();
    thread.execute(this::turn);
  }

  private void turn() {
    thread.schedule(this::turn, look().toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * Looks at the lease once, and never throws.
   *
   * @return when to look again
   */
  Duration look() {
    try {
      Duration next = claim();
      lastFailure = "";
      return next;
    } catch (KubernetesClientException e) {
      complain(String.valueOf(e.getMessage()));
      giveUpAfterLong();
    } catch (RuntimeException fault) {
      LOG.log(System.Logger.Level.ERROR, "The election goes on after a fault.", fault);
    }
    return LOOK;
  }

  private Duration claim() {
    long sent = clock.nanoTime();
    return switch (claims.claim()) {
      case Claim.Held(boolean uninterrupted, Optional<Interruption> interruption) -> {
        held(uninterrupted, interruption, sent + TRUST.toNanos());
        renewedAt = sent;
        yield RENEWAL;
      }
      case Claim.Taken(String holder, Duration left) -> {
        if (leadership.role() != Leadership.Role.STANDBY) {
          leadership.lost();
          listener.standsBy(holder);
        }
        yield left.compareTo(LOOK) < 0 ? left : LOOK;
      }
      case Claim.Contested() -> Duration.ofMillis(100);
    };
  }

  private void held(boolean uninterrupted, Optional<Interruption> interruption, long until) {
    Leadership.Role before = leadership.role();
    boolean wasWritable = leadership.mayWrite();
    if (uninterrupted && before != Leadership.Role.STANDBY) {
      leadership.resumed(until);
    } else {
      leadership.won(until);
    }
    if (before != Leadership.Role.LEADER || !uninterrupted) {
      listener.leads(interruption);
    } else if (!wasWritable) {
      listener.mayWriteAgain();
    }
  }

  private void complain(String failure) {
    if (!failure.equals(lastFailure)) {
      LOG.log(System.Logger.Level.WARNING, () -> "The lease cannot be had: " + failure);
    }
    lastFailure = failure;
  }

  private void giveUpAfterLong() {
    boolean tooLong = clock.nanoTime() - renewedAt >= UNSURE_AT_MOST.toNanos();
    if (tooLong && leadership.role() == Leadership.Role.LEADER) {
      leadership.lost();
      listener.standsBy("another operator may lead, as nothing was heard for " + UNSURE_AT_MOST);
    }
  }

  /** Gives the lead up at once if it is held, so that another need not wait for its end. */
  @Override
  public void close() {
    close(Optional.empty());
  }

  /**
   * The same, telling the next leader what its probe has to make up for.
   *
   * @param interruption when rounds have ceased to begin here, if the probe has ended
   */
  synchronized void close(Optional<Interruption> interruption) {
    if (closed) {
      return;
    }
    closed = true;
    // A renewal that is on its way comes to its end: cut off it might count all the same, and what
    // is given up then would be a version of the lease that is no more.
    thread.shutdown();
    try {
      boolean ended = thread.awaitTermination(TRUST.toMillis(), TimeUnit.MILLISECONDS);
      if (ended && leadership.role() == Leadership.Role.LEADER) {
        leadership.lost();
        claims.release(interruption);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (KubernetesClientException e) {
      complain(String.valueOf(e.getMessage()));
    }
  }
}
