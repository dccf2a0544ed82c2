package dev.pingcheck.cli.ping;

import dev.pingcheck.cli.terminal.Signals;
import dev.pingcheck.clock.Clock;
import dev.pingcheck.engine.EchoLoop;
import dev.pingcheck.engine.socket.PortOpening;
import dev.pingcheck.engine.socket.linux.LinuxClock;
import dev.pingcheck.engine.socket.linux.LinuxIcmpPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pingcheck ping}: the engine on a terminal. */
@Command(
    name = "ping",
    mixinStandardHelpOptions = true,
    description = {
      "Sends ICMP echo requests to hosts and prints what comes back: of one host each reply as"
          + " iputils does, of several a table as fping does.",
      "Needs the capability NET_RAW (or root), or a group within net.ipv4.ping_group_range."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:every host has replied in time; with -w and -c, COUNT times",
      "1:a host has not",
      "2:any other error"
    })
public final class PingCommand implements Callable<Integer> {
  private static final int SUCCESS = 0;
  private static final int NO_REPLY = 1;
  private static final int ERROR = 2;
  private static final int ENDED_BY_INT = 130;

  @Spec private CommandSpec spec;
  @Mixin private PingArguments arguments;
  private final AtomicReference<PingSession> running = new AtomicReference<>();

  @Override
  public Integer call() throws InterruptedException {
    PingBounds bounds = new PingBounds(arguments, isRoot());
    bounds
        .fault()
        .ifPresent(sentence -> {
          throw new ParameterException(spec.commandLine(), sentence);
        });
    PingOptions options = bounds.options();
    Terminal terminal = new Terminal(spec.commandLine().getOut(), spec.commandLine().getErr());
    return switch (OriginChoice.read(options.origins())) {
      case OriginChoice.Reading.Refused refused -> complain(terminal, refused.sentence());
      case OriginChoice.Reading.Read read -> open(options, read.choice(), terminal);
    };
  }

  private int open(PingOptions options, OriginChoice origin, Terminal terminal)
      throws InterruptedException {
    Clock clock = new LinuxClock();
    Signals.watch(this::stop, () -> tell(terminal));
    SecureRandom random = new SecureRandom();
    return switch (LinuxIcmpPort.open(
        options.mode(), clock::nanoTime, random, origin.ipv6Origin())) {
      case PortOpening.Refused refused -> complain(terminal, refused.sentence());
      case PortOpening.Opened opened -> {
        try (EchoLoop loop = new EchoLoop("pingcheck-ping", clock, opened.port(), random)) {
          loop.start();
          PingPrinter printer = printer(options, origin, terminal, clock);
          PingTargets targets = new PingTargets(options, origin, printer, opened.missing());
          targets.resolve(clock);
          targets.faults().forEach(fault -> tell(fault, options, terminal, clock));
          int code = targets.hosts().isEmpty() ? ERROR : ping(options, targets, loop, printer);
          yield targets.faults().isEmpty() ? code : ERROR;
        }
      }
    };
  }

  private int ping(PingOptions options, PingTargets targets, EchoLoop loop, PingPrinter printer)
      throws InterruptedException {
    List<PingHost> hosts = targets.hosts();
    PingSession session = new PingSession(options, hosts, loop, printer);
    running.set(session);
    session.run();
    PingHost first = hosts.getFirst();
    if (first.hindrance().isPresent()) {
      return complain(
          new Terminal(spec.commandLine().getOut(), spec.commandLine().getErr()),
          PingText.cause(first.hindrance().get(), first.peer()));
    }
    boolean all = hosts.stream().allMatch(host -> hasReplied(host, options.schedule()));
    return all ? SUCCESS : NO_REPLY;
  }

  /** As iputils has it: with a deadline, each of COUNT replies is wanted. */
  private static boolean hasReplied(PingHost host, PingOptions.Schedule schedule) {
    boolean counted =
        schedule.deadline().isPresent() && schedule.count() != PingOptions.Schedule.NO_END;
    return host.statistics.receivedCount() >= (counted ? schedule.count() : 1);
  }

  private static PingPrinter printer(
      PingOptions options, OriginChoice origin, Terminal terminal, Clock clock) {
    if (options.output().json()) {
      return new JsonPrinter(terminal.out(), clock, options);
    }
    PingPrinter lines = new TextPrinter(terminal, clock, options, origin);
    if (options.hasManyHosts()) {
      return new TablePrinter(lines, terminal.out(), options);
    }
    return options.output().dots() && !options.output().quiet()
        ? new FloodPrinter(lines, terminal.out())
        : lines;
  }

  private void stop() {
    PingSession session = running.get();
    if (session == null) {
      Runtime.getRuntime().halt(ENDED_BY_INT);
    } else {
      session.stop();
    }
  }

  private void tell(Terminal terminal) {
    Optional.ofNullable(running.get()).ifPresent(session -> session.tell(terminal.err()));
  }

  private static void tell(
      PingTargets.Fault fault, PingOptions options, Terminal terminal, Clock clock) {
    complain(terminal, fault.sentence());
    if (options.output().json()) {
      terminal.out().println(JsonPrinter.failure(clock.now(), fault.host(), fault.sentence()));
      terminal.out().flush();
    }
  }

  private static int complain(Terminal terminal, String sentence) {
    terminal.complain(sentence);
    return ERROR;
  }

  private static boolean isRoot() {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
