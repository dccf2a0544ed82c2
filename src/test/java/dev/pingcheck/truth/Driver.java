package dev.pingcheck.truth;

import dev.pingcheck.engine.socket.Peer;
import dev.pingcheck.lab.tun.Targets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Sends all requests, never more than a window of them unsettled, and waits for their end. */
final class Driver {
  /** The window starts small: what runs for the first time in a JVM runs slowly. */
  private static final int FIRST_WINDOW = 32;

  private static final int GROWS_BY = 8;
  private static final long PATIENCE_SECONDS = 30;

  private final EngineUnderTest engine;
  private final Targets targets;
  private final Ledger ledger;
  private final TruthPlan plan;
  private final EchoReport report;
  private final Peer[] peers;
  private final CountDownLatch done = new CountDownLatch(1);
  private int sent;
  private boolean filling;
  private volatile int settled;

  Driver(EngineUnderTest engine, Targets targets, Ledger ledger, TruthPlan plan) {
    this.engine = engine;
    this.targets = targets;
    this.ledger = ledger;
    this.plan = plan;
    report = new EchoReport(plan.requests(), this::settled);
    peers = new Peer[2 * targets.perFamily()];
    for (int i = 0; i < peers.length; i++) {
      peers[i] = Peer.of(targets.address(i));
    }
  }

  EchoReport report() {
    return report;
  }

  /** Begins; the loop must run. */
  void start() {
    engine.loop().execute(this::fill);
  }

  /** Waits until every request is settled. */
  void await() throws InterruptedException {
    int before = -1;
    while (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      if (settled == before) {
        throw new IllegalStateException(
            "no request was settled for " + PATIENCE_SECONDS + " s, after " + before);
      }
      before = settled;
    }
  }

  /** On the loop's thread, like all below. */
  private void fill() {
    filling = false;
    int window = Math.min(plan.window(), FIRST_WINDOW + report.settled() / GROWS_BY);
    while (sent < plan.requests() && sent - report.settled() < window) {
      int ordinal = sent++;
      ledger.sending(ordinal, System.nanoTime());
      engine
          .loop()
          .exchange()
          .send(
              peers[ordinal % peers.length],
              engine.shape(ordinal),
              TruthPlan.TIMEOUT,
              ordinal,
              report);
    }
  }

  private void settled() {
    settled = report.settled();
    if (settled == plan.requests()) {
      done.countDown();
    } else if (!filling) {
      filling = true;
      engine.loop().execute(this::fill);
    }
  }
}
