package dev.pingcheck.cli;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.engine.EchoEngine;
import dev.pingcheck.engine.socket.PortOpening;
import dev.pingcheck.engine.socket.SocketRefusal;
import dev.pingcheck.engine.socket.linux.LinuxIcmpPort;
import dev.pingcheck.link.LinkClient;
import dev.pingcheck.link.LinkClientLimits;
import dev.pingcheck.link.PlanListener;
import dev.pingcheck.plan.ProbePlan;
import dev.pingcheck.resolve.DnsNameResolver;
import dev.pingcheck.resolve.NameResolver;
import dev.pingcheck.resolve.ResolverFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
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
import sun.misc.Signal;

/** {@code pingcheck probe}: carries out the operator's plans until it is told to end. */
@Command(
    name = "probe",
    mixinStandardHelpOptions = true,
    description = {
      "Sends the echo requests that an operator asks for and reports what comes back.",
      "Waits for the operator as long as it takes. Needs the capability NET_RAW (or root)."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:ended by SIGTERM or SIGINT", "1:could not start, or cannot go on"})
final class ProbeCommand implements Callable<Integer> {
  private static final System.Logger LOG = System.getLogger(ProbeCommand.class.getName());
  private static final int FAILED = 1;
  private static final int NAME_OCTETS = 4;

  @Spec private CommandSpec spec;

  @Option(
      names = "--socket",
      paramLabel = "PATH",
      defaultValue = "${env:PINGCHECK_SOCKET:-/run/pingcheck/link.sock}",
      description =
          "The operator's Unix domain socket. Default: the environment variable"
              + " PINGCHECK_SOCKET, else /run/pingcheck/link.sock.")
  private Path socket;

  private final CountDownLatch stop = new CountDownLatch(1);

  @Override
  public Integer call() throws IOException, InterruptedException {
    ProbeLog.configure();
    Signal.handle(new Signal("TERM"), signal -> stop.countDown());
    Signal.handle(new Signal("INT"), signal -> stop.countDown());
    return switch (LinuxIcmpPort.open(Clock.system()::nanoTime)) {
      case PortOpening.Refused refused -> complain(refused.sentence());
      case PortOpening.Opened opened -> {
        opened.missing().stream()
            .map(SocketRefusal::sentence)
            .forEach(sentence -> LOG.log(System.Logger.Level.WARNING, sentence));
        yield probe(opened);
      }
    };
  }

  private int probe(PortOpening.Opened opened) throws InterruptedException {
    SecureRandom random = new SecureRandom();
    byte[] octets = new byte[NAME_OCTETS];
    random.nextBytes(octets);
    String name = HexFormat.of().formatHex(octets);
    Clock clock = Clock.system();
    AtomicReference<LinkClient> reports = new AtomicReference<>();
    // Closed in reverse: first no more rounds, then the last reports leave.
    try (NameResolver resolver = new DnsNameResolver(ResolverFiles.system(), clock);
        ReportsLast link = new ReportsLast(reports);
        EchoEngine engine =
            new EchoEngine(
                name,
                clock,
                opened.port(),
                resolver,
                random,
                report -> reports.get().report(report))) {
      reports.set(
          new LinkClient(socket, name, new ToEngine(engine), clock, LinkClientLimits.defaults()));
      engine.start();
      reports.get().start();
      LOG.log(System.Logger.Level.INFO, () -> "Probe " + name + " has started.");
      return untilStopped(engine);
    } catch (UncheckedIOException refused) {
      return complain(refused.getMessage());
    }
  }

  private int untilStopped(EchoEngine engine) throws InterruptedException {
    while (!stop.await(1, TimeUnit.SECONDS)) {
      if (!engine.isAlive()) {
        return complain("the engine has stopped and cannot go on; start the probe again.");
      }
    }
    LOG.log(System.Logger.Level.INFO, "Ending.");
    return 0;
  }

  private int complain(String sentence) {
    spec.commandLine().getErr().println(spec.qualifiedName() + ": " + sentence);
    return FAILED;
  }

  /** Closes the link when there is one. */
  private record ReportsLast(AtomicReference<LinkClient> link) implements AutoCloseable {
    @Override
    public void close() {
      LinkClient opened = link.get();
      if (opened != null) {
        opened.close();
      }
    }
  }

  /** The operator's plans go to the engine as they come. */
  private record ToEngine(EchoEngine engine) implements PlanListener {
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
  }
}
