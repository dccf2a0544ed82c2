package dev.pingcheck.truth;

import dev.pingcheck.engine.EchoLoop;
import dev.pingcheck.engine.EchoShape;
import dev.pingcheck.engine.EngineCounters;
import dev.pingcheck.engine.socket.IcmpPort;
import dev.pingcheck.engine.socket.IpFamily;
import dev.pingcheck.engine.socket.PortOpening;
import dev.pingcheck.engine.socket.SendOptions;
import dev.pingcheck.engine.socket.linux.LinuxClock;
import dev.pingcheck.engine.socket.linux.LinuxIcmpPort;
import dev.pingcheck.stats.StrayKind;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** The engine on real sockets; all that depends on how it is opened and asked stands here. */
final class EngineUnderTest implements AutoCloseable {
  /** Most are of the common size; there are the least one, odd ones and great ones too. */
  private static final int[] PAYLOADS = {56, 56, 56, 56, 16, 57, 200, 1001};

  /** Requests in a row that have one shape, as those of one check have. */
  private static final int ROW = 64;

  private final EchoShape[] shapes = new EchoShape[PAYLOADS.length];
  private final Set<Integer> ipv4Identifiers = new HashSet<>();
  private final Set<Integer> ipv6Identifiers = new HashSet<>();
  private final EchoLoop loop;

  EngineUnderTest(SocketKind sockets, long seed) {
    for (int i = 0; i < PAYLOADS.length; i++) {
      shapes[i] = new EchoShape(PAYLOADS[i], SendOptions.DEFAULT);
    }
    RandomGenerator random = new SplittableRandom(seed);
    LinuxClock clock = new LinuxClock();
    IcmpPort port = open(sockets, clock, random);
    for (int i = 0; i < port.identifiers(); i++) {
      ipv4Identifiers.add(port.identifier(IpFamily.IPV4, i));
      ipv6Identifiers.add(port.identifier(IpFamily.IPV6, i));
    }
    loop = new EchoLoop("engine", clock, port, random);
  }

  private static IcmpPort open(SocketKind sockets, LinuxClock clock, RandomGenerator random) {
    return switch (LinuxIcmpPort.open(sockets.mode(), clock::nanoTime, random)) {
      case PortOpening.Opened opened when opened.missing().isEmpty() -> opened.port();
      case PortOpening.Opened opened ->
          throw new IllegalStateException(opened.missing().getFirst().sentence());
      case PortOpening.Refused refused -> throw new IllegalStateException(refused.sentence());
    };
  }

  EchoLoop loop() {
    return loop;
  }

  /** How a request looks. */
  EchoShape shape(int ordinal) {
    return shapes[ordinal / ROW % shapes.length];
  }

  /** Whether replies with that identifier are for the engine. */
  boolean isOurs(boolean ipv6, int identifier) {
    return (ipv6 ? ipv6Identifiers : ipv4Identifiers).contains(identifier);
  }

  /** Strays of that kind, whether for a certain request or for none. */
  long counted(StrayKind kind) {
    EngineCounters counters = loop.counters();
    return switch (kind) {
      case LATE -> counters.late.sum();
      case DUPLICATE -> counters.duplicate.sum();
      case CORRUPT -> counters.corrupt.sum();
      case TRUNCATED -> counters.truncated.sum();
      case FORGED -> counters.forged.sum();
      case FOREIGN -> counters.foreign.sum();
      case REDIRECT -> counters.redirects.sum();
    };
  }

  @Override
  public void close() {
    loop.close();
  }
}
