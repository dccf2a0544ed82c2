package dev.pingcheck.bench.engine;

import dev.pingcheck.engine.Arrival;
import dev.pingcheck.engine.Echo;
import dev.pingcheck.engine.EchoListener;
import dev.pingcheck.engine.EchoLoop;
import dev.pingcheck.engine.EchoShape;
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
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * Measures round-trip times to one host: {@code HOST WARM_UP COUNT INTERVAL_US [CGROUP]}. After the
 * warm-up the process moves itself into the control group, if one is given.
 */
final class RoundTrips extends WheelTimer implements EchoListener {
  private static final long TIMEOUT = 2_000_000_000L;
  private static final EchoShape SHAPE = new EchoShape(56, SendOptions.DEFAULT);

  private final EchoLoop loop;
  private final Peer peer;
  private final int count;
  private final long interval;
  private final long[] rtts;
  private final CountDownLatch settled;
  private int sent;
  private int received;
  private int byKernel;

  private RoundTrips(EchoLoop loop, Peer peer, int count, long interval) {
    this.loop = loop;
    this.peer = peer;
    this.count = count;
    this.interval = interval;
    rtts = new long[count];
    settled = new CountDownLatch(count);
  }

  public static void main(String... arguments) throws InterruptedException, IOException {
    LinuxClock clock = new LinuxClock();
    SecureRandom random = new SecureRandom();
    switch (LinuxIcmpPort.open(SocketMode.RAW, clock::nanoTime, random)) {
      case PortOpening.Refused refused -> throw new IllegalStateException(refused.sentence());
      case PortOpening.Opened opened -> {
        try (EchoLoop loop = new EchoLoop("round-trips", clock, opened.port(), random)) {
          Peer peer = peer(arguments[0]);
          long interval = Long.parseLong(arguments[3]) * 1_000;
          loop.start();
          new RoundTrips(loop, peer, Integer.parseInt(arguments[1]), interval).run();
          if (arguments.length > 4) {
            String self = Long.toString(ProcessHandle.current().pid());
            Files.writeString(Path.of(arguments[4], "cgroup.procs"), self);
          }
          RoundTrips measured =
              new RoundTrips(loop, peer, Integer.parseInt(arguments[2]), interval);
          measured.run();
          measured.print();
        }
      }
    }
  }

  private static Peer peer(String host) throws UnknownHostException {
    return Peer.of(InetAddress.getByName(host));
  }

  private void run() throws InterruptedException {
    loop.execute(() -> fired(loop.clock().nanoTime()));
    settled.await();
  }

  private void print() {
    long[] sorted = Arrays.copyOf(rtts, received);
    Arrays.sort(sorted);
    System.out.printf(
        "n %d kernel %d p50 %.1f p99 %.1f%n",
        received, byKernel, sorted[received / 2] / 1e3, sorted[(int) (received * 0.99)] / 1e3);
  }

  @Override
  protected void fired(long now) {
    int ordinal = sent++;
    if (sent < count) {
      loop.wheel().arm(this, now + interval);
    }
    loop.exchange().send(peer, SHAPE, TIMEOUT, ordinal, this);
  }

  @Override
  public void received(Echo echo, Arrival arrival) {
    if (arrival.hasRtt()) {
      rtts[received++] = arrival.rtt();
      byKernel += arrival.isKernelTimed() ? 1 : 0;
    }
    settled.countDown();
  }

  @Override
  public void lost(Echo echo, LossReason reason, Instant at, Optional<Arrival> error) {
    settled.countDown();
  }

  @Override
  public void stray(Echo echo, StrayKind kind, Arrival arrival) {}
}
