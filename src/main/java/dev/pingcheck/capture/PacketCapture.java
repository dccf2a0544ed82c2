package dev.pingcheck.capture;

import dev.pingcheck.stats.Evidence;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Runs a capture while there is a check that asks for one: its thread begins with the first and
 * ends with the last. A capture that cannot be had is tried again every half minute; the checks go
 * on without. Thread safe.
 */
public final class PacketCapture implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(PacketCapture.class.getName());
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final PacketSource.Opening opening;
  private final EvidenceKeeper keeper;
  private final Set<String> wanting = new HashSet<>();
  private volatile Thread thread;
  private Thread last;
  private volatile long dropsBefore;
  private volatile long drops;
  private String toldFailure = "";

  public PacketCapture(PacketSource.Opening opening, EvidenceKeeper keeper) {
    this.opening = opening;
    this.keeper = keeper;
  }

  /** Exactly these checks ask for their packets. */
  public synchronized void want(Set<String> uids) {
    wanting.clear();
    wanting.addAll(uids);
    keeper.retain(Set.copyOf(wanting));
    turn();
  }

  /** A check asks for its packets, or does not. */
  public synchronized void want(String uid, boolean captured) {
    if (captured && wanting.add(uid)) {
      turn();
    } else if (!captured && wanting.remove(uid)) {
      keeper.retain(Set.copyOf(wanting));
      turn();
    }
  }

  private void turn() {
    if (wanting.isEmpty()) {
      stop();
    } else if (thread == null) {
      Thread next = Thread.ofPlatform().daemon().name("pingcheck-capture").unstarted(after(last));
      // Known before it runs: it goes on only as long as it is the one that is wanted.
      thread = next;
      last = next;
      next.start();
    }
  }

  /** One thread at a time: the last one may still wait for a packet. */
  private Runnable after(Thread before) {
    return () -> {
      while (before != null && before.isAlive()) {
        try {
          before.join();
        } catch (InterruptedException ended) {
          LOG.log(Level.DEBUG, "Ended before it began."); // and run sees that nobody wants it
        }
      }
      run();
    };
  }

  private void stop() {
    Thread ended = thread;
    thread = null;
    keeper.sees(Evidence.missing("the capture had not begun"));
    if (ended != null) {
      ended.interrupt();
    }
  }

  /** What was counted so far. */
  public CaptureCounts counts() {
    return keeper.counts(dropsBefore + drops);
  }

  @Override
  public synchronized void close() {
    want(Set.of());
  }

  private boolean isWanted() {
    return Thread.currentThread() == thread;
  }

  private void run() {
    while (isWanted()) {
      try (PacketSource source = opening.open()) {
        see();
        LOG.log(Level.INFO, "Captures the packets of the checks that ask for it.");
        read(source);
      } catch (IOException refused) {
        fail(refused.getMessage());
      } catch (RuntimeException broken) {
        LOG.log(Level.ERROR, "The capture met a fault.", broken);
        fail("the capture met a fault: " + broken.getMessage());
      }
      dropsBefore += drops;
      drops = 0;
      pause();
    }
  }

  private synchronized void see() {
    if (isWanted()) {
      keeper.sees(Evidence.HELD);
    }
  }

  private void read(PacketSource source) throws IOException {
    while (isWanted()) {
      Optional<PacketSource.RawPacket> packet = source.next();
      packet.ifPresent(keeper::accept);
      if (packet.isEmpty() || keeper.isDue()) {
        keeper.tick();
        drops = source.drops();
      }
    }
    keeper.forgetPackets();
  }

  private synchronized void fail(String phrase) {
    if (!isWanted()) {
      return;
    }
    keeper.sees(Evidence.missing(phrase));
    if (!toldFailure.equals(phrase)) {
      toldFailure = phrase;
      LOG.log(Level.WARNING, "No packets are captured: {0}.", phrase);
    }
  }

  private void pause() {
    if (isWanted()) {
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException ended) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
