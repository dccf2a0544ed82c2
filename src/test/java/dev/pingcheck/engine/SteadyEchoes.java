package dev.pingcheck.engine;

import com.sun.management.ThreadMXBean;
import dev.pingcheck.engine.socket.Peer;
import dev.pingcheck.engine.socket.PortOpening;
import dev.pingcheck.engine.socket.SendOptions;
import dev.pingcheck.engine.socket.SocketMode;
import dev.pingcheck.engine.socket.linux.LinuxClock;
import dev.pingcheck.engine.socket.linux.LinuxIcmpPort;
import dev.pingcheck.schedule.WheelTimer;
import dev.pingcheck.stats.LossReason;
import dev.pingcheck.stats.StrayKind;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * A process that pings the loopback addresses of both families ten times a millisecond, and says
 * how many octets its loop has allocated for the second half of the echoes: {@code MODE}.
 */
final class SteadyEchoes extends WheelTimer implements EchoListener {
  /** Echoes in a span. */
  static final int ECHOES = 20_000;

  private static final int SPANS = 6;
  private static final int BATCH = 10;
  private static final long INTERVAL = Duration.ofMillis(1).toNanos();
  private static final long TIMEOUT = Duration.ofSeconds(1).toNanos();
  private static final EchoShape SHAPE = new EchoShape(56, SendOptions.DEFAULT);

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final List<Peer> peers =
      List.of(EngineFixture.peer("127.0.0.1"), EngineFixture.peer("::1"));
  private final CountDownLatch done = new CountDownLatch(1);
  private final EchoLoop loop;
  private int sent;
  private int settled;
  private int lost;
  private long before;
  private long allocated = Long.MAX_VALUE;

  private SteadyEchoes(EchoLoop loop) {
    this.loop = loop;
  }

  public static void main(String... arguments) throws InterruptedException {
    LinuxClock clock = new LinuxClock();
    SecureRandom random = new SecureRandom();
    SocketMode mode = SocketMode.valueOf(arguments[0]);
    switch (LinuxIcmpPort.open(mode, clock::nanoTime, random)) {
      case PortOpening.Refused refused -> throw new IllegalStateException(refused.sentence());
      case PortOpening.Opened opened -> {
        try (EchoLoop loop = new EchoLoop("steady", clock, opened.port(), random)) {
          SteadyEchoes echoes = new SteadyEchoes(loop);
          loop.start();
          loop.execute(() -> echoes.fired(clock.nanoTime()));
          echoes.done.await();
          System.out.println("allocated " + echoes.allocated);
          System.out.println("unanswered " + echoes.lost);
        }
      }
    }
  }

  @Override
  protected void fired(long now) {
    if (sent < SPANS * ECHOES) {
      loop.wheel().arm(this, now + INTERVAL);
      for (int i = 0; i < BATCH; i++) {
        loop.exchange().send(peers.get(i & 1), SHAPE, TIMEOUT, sent++, this);
      }
    }
  }

  @Override
  public void received(Echo echo, Arrival arrival) {
    settled++;
    if (settled % ECHOES == 0) {
      long now = threads.getCurrentThreadAllocatedBytes();
      allocated = settled == ECHOES ? allocated : Math.min(allocated, now - before);
      before = now;
    }
    if (settled == SPANS * ECHOES) {
      done.countDown();
    }
  }

  @Override
  public void lost(Echo echo, LossReason reason, Instant at, Optional<Arrival> error) {
    lost++;
    received(echo, null);
  }

  @Override
  public void stray(Echo echo, StrayKind kind, Arrival arrival) {}
}
