package dev.pingcheck.engine;

import dev.pingcheck.engine.socket.Origin;
import dev.pingcheck.engine.socket.PathMtuDiscovery;
import dev.pingcheck.engine.socket.Peer;
import dev.pingcheck.engine.socket.PortOpening;
import dev.pingcheck.engine.socket.SendOptions;
import dev.pingcheck.engine.socket.SocketMode;
import dev.pingcheck.engine.socket.linux.LinuxClock;
import dev.pingcheck.engine.socket.linux.LinuxIcmpPort;
import dev.pingcheck.schedule.WheelTimer;
import dev.pingcheck.stats.LossReason;
import dev.pingcheck.stats.StrayKind;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * A process that pings from within a network namespace, for tests that change the network under it:
 * {@code MODE COUNT INTERVAL_MS PAYLOAD TTL DF HOST...}. It prints a line for each thing that the
 * engine tells of a request, and its figures at the end. An octet on its standard input lets it
 * send no more.
 */
final class PingerProcess extends WheelTimer implements EchoListener {
  /** Expedited forwarding (RFC 3246). */
  static final int DSCP = 46;

  /** A reply that was read so much later than it came waited through a standstill. */
  private static final long LONG_WAIT = Duration.ofMillis(500).toNanos();

  private static final long TIMEOUT = Duration.ofSeconds(1).toNanos();

  private final EchoLoop loop;
  private final List<Peer> peers;
  private final EchoShape shape;
  private int count;
  private final long interval;
  private final CountDownLatch settled;
  private int sent;
  private volatile long longestRtt;
  private volatile long waitedLong;

  private PingerProcess(EchoLoop loop, String... arguments) {
    this.loop = loop;
    count = Integer.parseInt(arguments[1]);
    interval = Duration.ofMillis(Integer.parseInt(arguments[2])).toNanos();
    shape =
        new EchoShape(
            Integer.parseInt(arguments[3]),
            new SendOptions(
                Integer.parseInt(arguments[4]),
                DSCP << 2,
                Boolean.parseBoolean(arguments[5]) ? PathMtuDiscovery.DO : PathMtuDiscovery.DONT,
                Origin.ANY));
    peers = Arrays.stream(arguments).skip(6).map(EngineFixture::peer).toList();
    settled = new CountDownLatch(count * peers.size());
  }

  public static void main(String... arguments) throws InterruptedException {
    LinuxClock clock = new LinuxClock();
    SecureRandom random = new SecureRandom();
    SocketMode mode = SocketMode.valueOf(arguments[0]);
    switch (LinuxIcmpPort.open(mode, clock::nanoTime, random)) {
      case PortOpening.Refused refused -> System.out.println("refused " + refused.sentence());
      case PortOpening.Opened opened -> {
        System.out.println("choice " + opened.choice());
        try (EchoLoop loop = new EchoLoop("pinger", clock, opened.port(), random)) {
          PingerProcess pinger = new PingerProcess(loop, arguments);
          loop.start();
          loop.execute(() -> pinger.fired(loop.clock().nanoTime()));
          Thread.ofPlatform().daemon().start(pinger::awaitStop);
          pinger.settled.await();
          pinger.tellFigures();
        }
      }
    }
  }

  /** Starts the process in a namespace; {@code wrapper} is what runs Java, such as setpriv. */
  static Process start(String namespace, List<String> wrapper, String... arguments) {
    List<String> command = new ArrayList<>(wrapper);
    command.addAll(
        List.of(
            ProcessHandle.current().info().command().orElseThrow(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            PingerProcess.class.getName()));
    command.addAll(List.of(arguments));
    try {
      return NetworkNamespaces.start(namespace, command.toArray(String[]::new));
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  private void awaitStop() {
    try {
      if (System.in.read() >= 0) {
        loop.execute(this::sendNoMore);
      }
    } catch (IOException e) {
      // Nobody can stop it.
    }
  }

  private void sendNoMore() {
    for (int unsent = (count - sent) * peers.size(); unsent > 0; unsent--) {
      settled.countDown();
    }
    count = sent;
  }

  private void tellFigures() throws InterruptedException {
    // For strays that came last.
    Thread.sleep(Duration.ofMillis(200));
    EngineCounters counters = loop.counters();
    System.out.println("answered " + counters.received.sum());
    System.out.println("unanswered " + counters.lost.sum());
    System.out.println("late " + counters.late.sum());
    System.out.println("duplicate " + counters.duplicate.sum());
    System.out.println("kernelTimed " + counters.kernelTimed.sum());
    System.out.println("kernelDrops " + counters.kernelDrops.sum());
    System.out.println("faults " + counters.faults.sum());
    System.out.println("longestRttMillis " + longestRtt / 1_000_000);
    System.out.println("waitedLong " + waitedLong);
  }

  @Override
  protected void fired(long now) {
    if (sent >= count) {
      return;
    }
    int ordinal = sent++;
    if (sent < count) {
      loop.wheel().arm(this, now + interval);
    }
    for (Peer peer : peers) {
      loop.exchange().send(peer, shape, TIMEOUT, ordinal, this);
    }
  }

  @Override
  @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes
  public void received(Echo echo, Arrival arrival) {
    longestRtt = Math.max(longestRtt, arrival.rtt());
    waitedLong += arrival.epochNanos() - arrival.stamp > LONG_WAIT ? 1 : 0;
    String clock = arrival.isKernelTimed() ? "kernel" : "user";
    say(echo, "received %s ttl=%d".formatted(clock, arrival.timeToLive()));
    settled.countDown();
  }

  @Override
  public void lost(Echo echo, LossReason reason, Instant at, Optional<Arrival> error) {
    String by = error.map(e -> " from " + e.source().text() + " mtu=" + e.mtu()).orElse("");
    say(echo, "lost " + reason + by);
    settled.countDown();
  }

  @Override
  public void stray(Echo echo, StrayKind kind, Arrival arrival) {
    say(echo, "stray " + kind);
  }

  private static void say(Echo echo, String what) {
    System.out.println(echo.peer().text() + " " + echo.ordinal() + " " + what);
    System.out.flush();
  }
}
