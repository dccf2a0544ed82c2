package dev.pingcheck.truth;

import dev.pingcheck.engine.EngineCounters;
import dev.pingcheck.lab.tun.Responder;
import dev.pingcheck.lab.tun.Script;
import dev.pingcheck.lab.tun.Targets;
import dev.pingcheck.lab.tun.TunDevice;
import dev.pingcheck.lab.tun.TunNamespace;
import dev.pingcheck.stats.StrayKind;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The program inside the namespace: engine and responder in one process, so that they have one
 * clock. Prints a line for each figure and each of the first miscounts.
 */
final class TruthMain {
  private static final int TARGETS_PER_FAMILY = 2500;
  private static final int IDLE_LOOKS = 10;
  private static final long LOOK_MILLIS = 50;

  private final TruthPlan plan;
  private final Targets targets = new Targets(TARGETS_PER_FAMILY);
  private final Script script;
  private final Ledger ledger;

  private TruthMain(TruthPlan plan) {
    this.plan = plan;
    script = new Script(plan.seed());
    ledger = new Ledger(plan.requests(), plan.sockets(), TruthPlan.TIMEOUT);
  }

  public static void main(String[] arguments) throws Exception {
    refuseAnyOtherNetwork();
    new TruthMain(TruthPlan.parse(arguments)).run();
  }

  /** The lab's packets must not come to anybody. */
  private static void refuseAnyOtherNetwork() throws SocketException {
    Set<String> links =
        NetworkInterface.networkInterfaces()
            .map(NetworkInterface::getName)
            .collect(Collectors.toSet());
    if (!Set.of("lo", TunNamespace.DEVICE).containsAll(links)) {
      throw new IllegalStateException("this runs in a namespace of its own, not among " + links);
    }
  }

  private void run() throws InterruptedException {
    long begun = System.nanoTime();
    TunDevice device = new TunDevice(TunNamespace.DEVICE);
    Driver driver;
    KernelDrops drops;
    EngineUnderTest engine = new EngineUnderTest(plan.sockets(), plan.seed());
    try (Responder responder = new Responder(device, script, targets, engine::isOurs, ledger)) {
      driver = new Driver(engine, targets, ledger, plan);
      responder.start();
      engine.loop().start();
      driver.start();
      driver.await();
      awaitIdle(responder);
      drops = KernelDrops.read(TunNamespace.DEVICE);
    } finally {
      engine.close();
    }
    long millis = (System.nanoTime() - begun) / 1_000_000;
    tell(compare(engine, driver.report()), drops, millis);
  }

  /** Until the last late reply is written, and the engine has had time to read it. */
  private static void awaitIdle(Responder responder) throws InterruptedException {
    int looks = 0;
    while (looks < IDLE_LOOKS) {
      Thread.sleep(LOOK_MILLIS);
      looks = responder.isIdle() ? looks + 1 : 0;
    }
  }

  private Comparison compare(EngineUnderTest engine, EchoReport report) {
    Comparison comparison = new Comparison(script, ledger, report);
    comparison.requests(plan.requests());
    for (StrayKind kind : StrayKind.values()) {
      comparison.unattributed(kind, engine.counted(kind));
    }
    EngineCounters counters = engine.loop().counters();
    long received = report.outcomes().received();
    comparison.same("the counter of requests", plan.requests(), counters.sent.sum());
    comparison.same("the counter of replies", received, counters.received.sum());
    comparison.same(
        "the counter of lost requests", plan.requests() - received, counters.lost.sum());
    comparison.same("the counter of faults", 0, counters.faults.sum());
    comparison.hint("stale errors", ledger.staleErrors(), counters.staleErrors.sum());
    return comparison;
  }

  private void tell(Comparison comparison, KernelDrops drops, long millis) {
    // A raw socket's counter is of wrong checksums and of a full buffer: the least that overran.
    long unsound = plan.sockets() == SocketKind.RAW ? ledger.unsoundIpv6() : 0;
    long overrun = Math.max(0, drops.atSockets() - unsound);
    TruthResult result =
        new TruthResult(
            comparison.miscounts(),
            comparison.unsure(),
            comparison.unseen(),
            new TruthResult.Load(ledger.packets(), millis, overrun, drops.atDevice()),
            comparison.words());
    System.out.print(result.text());
  }
}
