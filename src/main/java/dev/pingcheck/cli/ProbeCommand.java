package dev.pingcheck.cli;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.engine.EchoEngine;
import dev.pingcheck.engine.socket.IcmpPort;
import dev.pingcheck.engine.socket.PortOpening;
import dev.pingcheck.engine.socket.linux.LinuxIcmpPort;
import dev.pingcheck.link.LinkClient;
import dev.pingcheck.link.LinkClientLimits;
import dev.pingcheck.link.PlanListener;
import dev.pingcheck.plan.ProbePlan;
import dev.pingcheck.resolve.NameResolver;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collection;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pingcheck probe}: the process that holds NET_RAW and no token. */
@Command(
    name = "probe",
    mixinStandardHelpOptions = true,
    description =
        "Pings what the operator asks for and reports every round to it."
            + " Needs the capability NET_RAW and no access to the API server.")
final class ProbeCommand implements Callable<Integer> {
  private static final System.Logger LOG = System.getLogger(ProbeCommand.class.getName());
  private static final Duration ALIVE_CHECK = Duration.ofSeconds(1);

  @Option(
      names = "--socket",
      paramLabel = "PATH",
      defaultValue = "${env:PINGCHECK_SOCKET:-/run/pingcheck/link.sock}",
      description = "The Unix domain socket of the operator (default: ${DEFAULT-VALUE}).")
  private Path socket;

  @Spec private CommandSpec spec;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  @Override
  public Integer call() throws InterruptedException {
    return switch (LinuxIcmpPort.open(Clock.system()::nanoTime)) {
      case PortOpening.Refused refused -> complain(refused.sentence());
      case PortOpening.Opened opened -> {
        opened.missing().forEach(m -> LOG.log(System.Logger.Level.WARNING, m.sentence()));
        yield run(opened.port());
      }
    };
  }

  private int run(IcmpPort port) throws InterruptedException {
    String name = HexFormat.of().toHexDigits(new SecureRandom().nextInt());
    AtomicReference<LinkClient> link = new AtomicReference<>();
    Runtime.getRuntime().addShutdownHook(new Thread(this::end, "pingcheck-shutdown"));
    try (NameResolver resolver = new SystemNameResolver();
        EchoEngine engine =
            new EchoEngine(
                name,
                Clock.system(),
                port,
                resolver,
                new SecureRandom(),
                report -> link.get().report(report));
        LinkClient client =
            new LinkClient(
                socket, name, follow(engine), Clock.system(), LinkClientLimits.defaults())) {
      link.set(client);
      LOG.log(System.Logger.Level.INFO, "Probe {0} starts.", name);
      engine.start();
      client.start();
      while (!asked.await(ALIVE_CHECK.toMillis(), TimeUnit.MILLISECONDS)) {
        if (!engine.isAlive()) {
          return complain(
              "the echo loop has ended; the log above says why. Start the probe again.");
        }
      }
      return 0;
    } finally {
      ended.countDown();
    }
  }

  /** On SIGTERM and SIGINT: has everything closed in order, the last reports sent first. */
  private void end() {
    asked.countDown();
    try {
      var unused = ended.await(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static PlanListener follow(EchoEngine engine) {
    return new PlanListener() {
      @Override
      public void snapshot(Collection<ProbePlan> plans) {
        engine.replaceAll(plans);
      }

      @Override
      public void put(ProbePlan plan) {
        engine.put(plan);
      }

      @Override
      public void removed(String uid) {
        engine.remove(uid);
      }
    };
  }

  private int complain(String sentence) {
    spec.commandLine().getErr().println("pingcheck probe: " + sentence);
    return 2;
  }
}
