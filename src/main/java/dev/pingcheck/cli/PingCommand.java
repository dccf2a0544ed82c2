package dev.pingcheck.cli;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.engine.EchoLoop;
import dev.pingcheck.engine.socket.Peer;
import dev.pingcheck.engine.socket.PortOpening;
import dev.pingcheck.engine.socket.SocketRefusal;
import dev.pingcheck.engine.socket.linux.LinuxIcmpPort;
import dev.pingcheck.engine.wire.EchoFormat;
import dev.pingcheck.plan.ProbePlan.IpFamilies;
import dev.pingcheck.plan.ProbePlan.PacketShape;
import dev.pingcheck.resolve.DnsNameResolver;
import dev.pingcheck.resolve.NameResolver;
import dev.pingcheck.resolve.ResolverFiles;
import dev.pingcheck.resolve.NameResolver.Answer;
import dev.pingcheck.resolve.ResolverFiles;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code pingcheck ping}: the engine on a terminal. */
@Command(
    name = "ping",
    mixinStandardHelpOptions = true,
    description = {
      "Sends ICMP echo requests to a host and prints what comes back.",
      "Needs the capability NET_RAW (or root)."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:at least one reply came in time",
      "1:no reply came in time",
      "2:any other error"
    })
final class PingCommand implements Callable<Integer> {
  private static final int ERROR = 2;
  private static final double SHORTEST_INTERVAL = 0.002;
  private static final double LONGEST_TIME = 86_400;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "HOST", description = "A DNS name or an IPv4 or IPv6 address.")
  private String host;

  @Option(
      names = "-c",
      paramLabel = "COUNT",
      description = "Stop after that many echo requests. Default: go on until Ctrl-C.")
  private Optional<Integer> count;

  @Option(
      names = "-i",
      paramLabel = "SECONDS",
      defaultValue = "1",
      converter = Seconds.class,
      description = "Time from one request to the next, from 0.002. Default: ${DEFAULT-VALUE}.")
  private double interval;

  @Option(
      names = "-W",
      paramLabel = "SECONDS",
      defaultValue = "2",
      converter = Seconds.class,
      description = "How long each request waits for its reply. Default: ${DEFAULT-VALUE}.")
  private double timeout;

  @Option(
      names = "-s",
      paramLabel = "SIZE",
      defaultValue = "56",
      description = "Octets of payload, 16 to 65507. Default: ${DEFAULT-VALUE}.")
  private int size;

  @Option(
      names = "-t",
      paramLabel = "TTL",
      defaultValue = "64",
      description = "Time to live or hop limit, 1 to 255. Default: ${DEFAULT-VALUE}.")
  private int ttl;

  @ArgGroup private Family family = new Family();

  /** A number with a point, whatever the locale. */
  static final class Seconds implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      try {
        return Double.valueOf(text);
      } catch (NumberFormatException e) {
        throw new TypeConversionException(
            "'" + text + "' is no number of seconds: write it like 1 or 0.2");
      }
    }
  }

  /** At most one of the two. */
  private static final class Family {
    @Option(names = "-4", description = "Use IPv4 only.")
    private boolean ipv4;

    @Option(names = "-6", description = "Use IPv6 only.")
    private boolean ipv6;
  }

  @Override
  public Integer call() throws InterruptedException {
    checkBounds();
    return switch (LinuxIcmpPort.open(Clock.system()::nanoTime)) {
      case PortOpening.Refused refused -> complain(refused.sentence());
      case PortOpening.Opened opened -> {
        try (EchoLoop loop =
            new EchoLoop("pingcheck-ping", Clock.system(), opened.port(), new SecureRandom())) {
          yield ping(loop, opened);
        }
      }
    };
  }

  private int ping(EchoLoop loop, PortOpening.Opened opened) throws InterruptedException {
    Answer answer = resolve();
    if (answer.addresses().isEmpty()) {
      return complain(answer.resolution().detail());
    }
    Peer peer = Peer.of(answer.addresses().getFirst());
    Optional<SocketRefusal> missing =
        opened.missing().stream().filter(refusal -> refusal.family() == peer.family()).findFirst();
    if (missing.isPresent()) {
      return complain(missing.get().sentence());
    }
    PacketShape shape = new PacketShape(size, ttl, 0, false);
    PingSession.Order order =
        new PingSession.Order(
            host, peer, shape, count.orElse(Integer.MAX_VALUE), nanos(interval), nanos(timeout));
    PingSession session = new PingSession(order, loop, spec.commandLine().getOut());
    PingSession.Result result = session.run();
    result.complaint().ifPresent(this::complain);
    return result.exitCode();
  }

  private Answer resolve() throws InterruptedException {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    try (NameResolver resolver = new DnsNameResolver(ResolverFiles.system(), Clock.system())) {
      resolver.resolve(host, families(), answer::complete);
      return answer.join();
    }
  }

  private IpFamilies families() {
    if (family.ipv4) {
      return IpFamilies.IPV4;
    }
    return family.ipv6 ? IpFamilies.IPV6 : IpFamilies.ANY;
  }

  private void checkBounds() {
    if (count.isPresent() && count.get() < 1) {
      throw wrong("-c must be at least 1, not " + count.get());
    }
    checkSeconds("-i", interval, SHORTEST_INTERVAL);
    checkSeconds("-W", timeout, 0.001);
    if (size < EchoFormat.MIN_PAYLOAD || size > EchoFormat.MAX_PAYLOAD) {
      throw wrong(
          "-s must be %d to %d octets, not %d"
              .formatted(EchoFormat.MIN_PAYLOAD, EchoFormat.MAX_PAYLOAD, size));
    }
    if (ttl < 1 || ttl > 255) {
      throw wrong("-t must be 1 to 255, not " + ttl);
    }
    if (host.isBlank()) {
      throw wrong("HOST is empty: give a DNS name or an address");
    }
  }

  private void checkSeconds(String option, double seconds, double least) {
    // NaN fails each comparison.
    if (!(seconds >= least && seconds <= LONGEST_TIME)) {
      throw wrong(
          "%s must be %s to %.0f seconds, not %s".formatted(option, least, LONGEST_TIME, seconds));
    }
  }

  private ParameterException wrong(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }

  private int complain(String sentence) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("pingcheck ping: " + sentence);
    err.flush();
    return ERROR;
  }

  private static long nanos(double seconds) {
    return Math.round(seconds * 1e9);
  }
}
