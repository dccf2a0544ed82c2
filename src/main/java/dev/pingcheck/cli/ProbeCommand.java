package dev.pingcheck.cli;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.engine.EchoEngine;
import dev.pingcheck.engine.EchoLoop;
import dev.pingcheck.engine.socket.PortOpening;
import dev.pingcheck.engine.socket.SocketMode;
import dev.pingcheck.engine.socket.SocketRefusal;
import dev.pingcheck.engine.socket.linux.LinuxClock;
import dev.pingcheck.engine.socket.linux.LinuxIcmpPort;
import dev.pingcheck.link.LinkClient;
import dev.pingcheck.link.OperatorAddress;
import dev.pingcheck.resolve.DnsNameResolver;
import dev.pingcheck.resolve.NameResolver;
import dev.pingcheck.resolve.ResolverFiles;
import dev.pingcheck.schedule.PacketLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import sun.misc.Signal;

/** {@code pingcheck probe}: carries out the operator's plans until it is told to end. */
@Command(
    name = "probe",
    mixinStandardHelpOptions = true,
    description = {
      "Sends the echo requests that an operator asks for and reports what comes back.",
      "Waits for the operator as long as it takes. Needs the capability NET_RAW (or root), or"
          + " a group within net.ipv4.ping_group_range."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:ended by SIGTERM or SIGINT",
      "1:could not start, or cannot go on",
      "2:wrong command line"
    })
final class ProbeCommand implements Callable<Integer> {
  private static final System.Logger LOG = System.getLogger(ProbeCommand.class.getName());
  private static final int FAILED = 1;
  private static final int NAME_OCTETS = 4;
  private static final int MOST_PORT = 65_535;

  /** For the rounds that have begun; a kubelet grants half a minute in all. */
  private static final Duration LONGEST_END = Duration.ofSeconds(10);

  @Spec private CommandSpec spec;

  @Mixin private OperatorChoice operator;

  @Mixin private LogOptions log;

  @Option(
      names = "--icmp",
      paramLabel = "MODE",
      defaultValue = "${env:PINGCHECK_ICMP:-auto}",
      description =
          "Kind of sockets: raw (needs the capability NET_RAW), ping (needs a group within"
              + " net.ipv4.ping_group_range), or auto: raw, and ping where that is not permitted."
              + " Default: the environment variable PINGCHECK_ICMP, else auto.")
  private SocketMode mode;

  @Option(
      names = "--packets-per-second",
      paramLabel = "COUNT",
      defaultValue = "${env:PINGCHECK_PACKETS_PER_SECOND:-" + PacketLimits.DEFAULT_PER_SECOND + "}",
      description =
          "Echo requests a second to all addresses together, 1 to 1000000; what is beyond leaves"
              + " later, and the conditions of the checks say so. Default: the environment variable"
              + " PINGCHECK_PACKETS_PER_SECOND, else "
              + PacketLimits.DEFAULT_PER_SECOND
              + ".")
  private int packetsPerSecond;

  @Option(
      names = "--packets-per-second-per-address",
      paramLabel = "COUNT",
      defaultValue =
          "${env:PINGCHECK_PACKETS_PER_SECOND_PER_ADDRESS:-"
              + PacketLimits.DEFAULT_PER_ADDRESS
              + "}",
      description =
          "The same to one address, from all checks together. Default: the environment variable"
              + " PINGCHECK_PACKETS_PER_SECOND_PER_ADDRESS, else "
              + PacketLimits.DEFAULT_PER_ADDRESS
              + ".")
  private int packetsPerSecondPerAddress;

  @Mixin private CaptureChoice captured;

  @Option(
      names = "--liveness-port",
      paramLabel = "PORT",
      defaultValue = "${env:PINGCHECK_LIVENESS_PORT:-0}",
      description =
          "Where to answer over HTTP whether this probe goes around, for a kubelet's liveness probe."
              + " Default: the environment variable PINGCHECK_LIVENESS_PORT, else 0: nowhere.")
  private int livenessPort;

  private final CountDownLatch stop = new CountDownLatch(1);

  @Override
  public Integer call() throws IOException, InterruptedException {
    OperatorAddress address = operator.address(spec);
    int captureBytes = captured.bytes(spec);
    checkLimit("--packets-per-second", packetsPerSecond);
    checkLimit("--packets-per-second-per-address", packetsPerSecondPerAddress);
    if (livenessPort < 0 || livenessPort > MOST_PORT) {
      throw new ParameterException(
          spec.commandLine(), "--liveness-port must be 0 to 65535, not " + livenessPort);
    }
    ProbeLog.configure(log.format());
    Signal.handle(new Signal("TERM"), signal -> stop.countDown());
    Signal.handle(new Signal("INT"), signal -> stop.countDown());
    return switch (LinuxIcmpPort.open(mode, Clock.system()::nanoTime, new SecureRandom())) {
      case PortOpening.Refused refused -> complain(refused.sentence());
      case PortOpening.Opened opened -> {
        LOG.log(System.Logger.Level.INFO, opened.choice());
        opened.missing().stream()
            .map(SocketRefusal::sentence)
            .forEach(sentence -> LOG.log(System.Logger.Level.WARNING, sentence));
        yield probe(opened, address, captureBytes);
      }
    };
  }

  private int probe(PortOpening.Opened opened, OperatorAddress address, int captureBytes)
      throws InterruptedException {
    SecureRandom random = new SecureRandom();
    byte[] octets = new byte[NAME_OCTETS];
    random.nextBytes(octets);
    String name = HexFormat.of().formatHex(octets);
    Clock clock = new LinuxClock();
    AtomicReference<LinkClient> reports = new AtomicReference<>();
    EchoLoop loop = new EchoLoop("pingcheck-echo", clock, opened.port(), random);
    // Closed in reverse: first no more rounds, then the last reports leave.
    try (NameResolver resolver = new DnsNameResolver(ResolverFiles.system(), clock);
        ReportsLast link = new ReportsLast(reports);
        ProbeCapture capture =
            ProbeCapture.of(captured, captureBytes, opened.port().kind(), loop, clock);
        EchoEngine engine =
            new EchoEngine(
                name,
                loop,
                resolver,
                new PacketLimits(packetsPerSecond, packetsPerSecondPerAddress),
                report -> reports.get().report(report),
                capture.witness())) {
      reports.set(
          new LinkClient(
                  address,
                  name,
                  capture.before(engine, reports::get),
                  clock,
                  OperatorChoice.limits(address))
              .tellingOf(engine::health));
      engine.start();
      reports.get().start();
      LOG.log(System.Logger.Level.INFO, () -> "Probe " + name + " has started.");
      int code = watchedUntilStopped(engine, () -> capture.tell(reports.get()));
      if (code == 0) {
        finishRounds(engine, reports.get());
      }
      return code;
    } catch (UncheckedIOException refused) {
      return complain(refused.getMessage());
    }
  }

  private void checkLimit(String option, int limit) {
    if (!PacketLimits.isInRange(limit)) {
      throw new ParameterException(
          spec.commandLine(),
          "%s must be 1 to %d, not %d".formatted(option, PacketLimits.MOST, limit));
    }
  }

  private int watchedUntilStopped(EchoEngine engine, Runnable eachSecond)
      throws InterruptedException {
    if (livenessPort == 0) {
      return untilStopped(engine, eachSecond);
    }
    try (LivenessPage page = LivenessPage.serve(livenessPort, engine::isAlive)) {
      LOG.log(
          System.Logger.Level.INFO, () -> "Tells on port " + page.port() + " whether it lives.");
      return untilStopped(engine, eachSecond);
    }
  }

  private int untilStopped(EchoEngine engine, Runnable eachSecond) throws InterruptedException {
    HeapUse heap = new HeapUse(HeapUse.now());
    while (!stop.await(1, TimeUnit.SECONDS)) {
      eachSecond.run();
      if (heap.isMostlyGarbage(HeapUse.now())) {
        System.gc();
        heap.collected(HeapUse.now());
      }
      if (!engine.isAlive()) {
        return complain("the engine has stopped and cannot go on; start the probe again.");
      }
    }
    LOG.log(System.Logger.Level.INFO, "Ending.");
    return 0;
  }

  private static void finishRounds(EchoEngine engine, LinkClient link) throws InterruptedException {
    link.leave(engine.rest());
    if (engine.awaitQuiet(LONGEST_END)) {
      link.allTold();
    } else {
      LOG.log(
          System.Logger.Level.WARNING,
          () -> "Rounds that take longer than " + LONGEST_END.toSeconds() + " s are broken off.");
    }
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
}
