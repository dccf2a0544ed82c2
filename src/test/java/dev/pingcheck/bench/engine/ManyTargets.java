package dev.pingcheck.bench.engine;

import com.sun.management.OperatingSystemMXBean;
import dev.pingcheck.engine.EchoEngine;
import dev.pingcheck.engine.EngineCounters;
import dev.pingcheck.engine.socket.PortOpening;
import dev.pingcheck.engine.socket.SocketMode;
import dev.pingcheck.engine.socket.linux.LinuxClock;
import dev.pingcheck.engine.socket.linux.LinuxIcmpPort;
import dev.pingcheck.plan.ProbePlan.IpFamilies;
import dev.pingcheck.resolve.NameResolver;
import dev.pingcheck.stats.AddressRound;
import dev.pingcheck.stats.Resolution;
import dev.pingcheck.stats.RoundReport;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Carries out one plan a target, an echo each a second, a report each ten seconds: {@code TARGETS
 * SECONDS}.
 */
final class ManyTargets {
  private final LongAdder reported = new LongAdder();
  private final LongAdder kernelTimed = new LongAdder();

  private ManyTargets() {}

  public static void main(String... arguments) throws InterruptedException, IOException {
    new ManyTargets().run(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
  }

  private void run(int targets, int seconds) throws InterruptedException, IOException {
    LinuxClock clock = new LinuxClock();
    SecureRandom random = new SecureRandom();
    var opened = (PortOpening.Opened) LinuxIcmpPort.open(SocketMode.RAW, clock::nanoTime, random);
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    try (EchoEngine engine =
        new EchoEngine("bench", clock, opened.port(), new Literals(), random, this::take)) {
      engine.start();
      engine.replaceAll(LoopbackPlans.of(targets));
      EngineCounters counters = engine.counters();
      // By then each check is in its first round.
      Thread.sleep(LoopbackPlans.PERIOD.toMillis());
      long cpu = system.getProcessCpuTime();
      long before = counters.sent.sum();
      Thread.sleep(seconds * 1_000L);
      System.out.printf(
          "sent %d of %d lost %d skipped %d drops %d reported %d kernel %d cpu %.3f rss %d%n",
          counters.sent.sum() - before,
          (long) targets * seconds,
          counters.lost.sum(),
          counters.roundsSkipped.sum(),
          counters.kernelDrops.sum(),
          reported.sum(),
          kernelTimed.sum(),
          (system.getProcessCpuTime() - cpu) / 1e9 / seconds,
          resident());
    }
  }

  private void take(RoundReport report) {
    for (AddressRound round : report.addresses()) {
      reported.add(round.sent());
      kernelTimed.add(round.replies().kernelTimed());
    }
  }

  /** MiB, of the whole process. */
  private static long resident() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
              .findFirst()
              .orElseThrow()
          / 1024;
    }
  }

  private static final class Literals implements NameResolver {
    @Override
    public void resolve(String hostname, IpFamilies families, Consumer<Answer> callback) {
      try {
        InetAddress address = InetAddress.getByName(hostname);
        callback.accept(new Answer(Resolution.literal(), List.of(address)));
      } catch (UnknownHostException e) {
        throw new IllegalStateException(hostname + " is no address", e);
      }
    }

    @Override
    public void close() {}
  }
}
