package dev.pingcheck.bench.engine;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.link.LinkServer;
import dev.pingcheck.link.Placement;
import dev.pingcheck.link.PlanBook;
import dev.pingcheck.plan.ProbePlan;
import dev.pingcheck.stats.AddressRound;
import dev.pingcheck.stats.RoundReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * The probe as users run it, {@code pingcheck probe} from the build with its own JVM options, in a
 * namespace; and the operator's side of its link, in this process.
 */
final class LinkedProbe implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration POLL = Duration.ofMillis(100);

  private final int targets;
  private final Path folder;
  private final LinkServer server;
  private final Process process;
  private final Set<String> heardOf = ConcurrentHashMap.newKeySet();
  private final LongAdder sent = new LongAdder();
  private final LongAdder lost = new LongAdder();

  /** Starts it with a plan for each of so many loopback addresses. */
  LinkedProbe(BenchHost host, int targets) {
    this(host, LoopbackPlans.of(targets));
  }

  /** Starts it with these plans. */
  LinkedProbe(BenchHost host, List<ProbePlan> plans) {
    this.targets = plans.size();
    PlanBook book = new PlanBook();
    plans.forEach(book::put);
    book.complete();
    try {
      folder = Files.createTempDirectory("pcb");
      Path socket = folder.resolve("link.sock");
      server = new LinkServer(socket, book, this::take, Clock.system());
      server.start();
      process = host.start("tools/pingcheck", "probe", "--socket", socket.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void take(Placement from, RoundReport report, Runnable safe) {
    heardOf.add(report.checkUid());
    for (AddressRound round : report.addresses()) {
      sent.add(round.sent());
      lost.add(round.sent() - round.received());
    }
    safe.run();
  }

  /** Waits until each plan has been reported on. */
  void awaitReports() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (heardOf.size() < targets) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IllegalStateException(
            "the probe has reported on %d of %d targets: try ./dev probe in a namespace"
                .formatted(heardOf.size(), targets));
      }
      pause(POLL);
    }
  }

  /** Echo requests in the reports so far. */
  long sent() {
    return sent.sum();
  }

  /** Those of them that got no reply. */
  long lost() {
    return lost.sum();
  }

  ProcessFigures figures() {
    return new ProcessFigures(process.pid());
  }

  static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the benchmark was interrupted", e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    server.close();
    try (Stream<Path> left = Files.list(folder)) {
      for (Path file : left.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
