package dev.pingcheck.bench.engine;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.pingcheck.engine.Arrival;
import dev.pingcheck.engine.Echo;
import dev.pingcheck.engine.EchoListener;
import dev.pingcheck.engine.EchoLoop;
import dev.pingcheck.engine.EchoShape;
import dev.pingcheck.engine.socket.IpFamily;
import dev.pingcheck.engine.socket.Peer;
import dev.pingcheck.engine.socket.PortOpening;
import dev.pingcheck.engine.socket.SendBatch;
import dev.pingcheck.engine.socket.SendOptions;
import dev.pingcheck.engine.socket.SocketMode;
import dev.pingcheck.engine.socket.linux.LinuxClock;
import dev.pingcheck.engine.socket.linux.LinuxIcmpPort;
import dev.pingcheck.schedule.WheelTimer;
import dev.pingcheck.stats.LossReason;
import dev.pingcheck.stats.StrayKind;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps a number of echo requests in flight over many loopback addresses, as fast as the engine
 * can: {@code MODE TARGETS WINDOW WARM_UP_SECONDS SECONDS}. As a timer it is due when the window
 * has room for a batch.
 */
final class Flood extends WheelTimer implements EchoListener {
  private static final long TIMEOUT = 1_000_000_000L;

  /** Only then has the engine made all the objects in which it remembers settled requests. */
  private static final int MEMORIES = 1 << 19;

  private static final long FIRST_ADDRESS = 0x7f010001L;
  private static final EchoShape SHAPE = new EchoShape(56, SendOptions.DEFAULT);

  private final EchoLoop loop;
  private final Peer[] peers;
  private final int window;
  private int open;
  private int next;
  private volatile long received;
  private volatile long lost;
  private volatile long thread;

  private Flood(EchoLoop loop, int targets, int window) {
    this.loop = loop;
    this.window = window;
    peers = new Peer[targets];
    for (int i = 0; i < targets; i++) {
      peers[i] = new Peer(IpFamily.IPV4, 0, FIRST_ADDRESS + i, 0);
    }
  }

  public static void main(String... arguments) throws InterruptedException {
    LinuxClock clock = new LinuxClock();
    SecureRandom random = new SecureRandom();
    switch (LinuxIcmpPort.open(SocketMode.valueOf(arguments[0]), clock::nanoTime, random)) {
      case PortOpening.Refused refused -> throw new IllegalStateException(refused.sentence());
      case PortOpening.Opened opened -> {
        try (EchoLoop loop = new EchoLoop("flood", clock, opened.port(), random)) {
          new Flood(loop, Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]))
              .run(Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]));
        }
      }
    }
  }

  /** Prints echoes a second, CPU seconds per million, octets allocated an echo, lost. */
  private void run(int warmUp, int seconds) throws InterruptedException {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    loop.start();
    loop.execute(() -> {
      thread = Thread.currentThread().threadId();
      fired(0);
    });
    Thread.sleep(warmUp * 1_000L);
    while (received < MEMORIES) {
      Thread.sleep(100);
    }
    long echoes = received;
    long cpu = system.getProcessCpuTime();
    long octets = threads.getThreadAllocatedBytes(thread);
    long start = System.nanoTime();
    Thread.sleep(seconds * 1_000L);
    echoes = received - echoes;
    double elapsed = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "rate %.1f cpu %.4f alloc %.9f lost %d%n",
        echoes / elapsed,
        (system.getProcessCpuTime() - cpu) / 1e9 / (echoes / 1e6),
        (double) (threads.getThreadAllocatedBytes(thread) - octets) / echoes,
        lost);
  }

  @Override
  protected void fired(long now) {
    while (open < window) {
      open++;
      loop.exchange().send(peers[next], SHAPE, TIMEOUT, next, this);
      next = next + 1 == peers.length ? 0 : next + 1;
    }
  }

  @Override
  @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes
  public void received(Echo echo, Arrival arrival) {
    received++;
    settled();
  }

  @Override
  @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes
  public void lost(Echo echo, LossReason reason, Instant at, Optional<Arrival> error) {
    lost++;
    settled();
  }

  private void settled() {
    open--;
    if (!isArmed() && open <= window - SendBatch.MOST_PACKETS) {
      loop.wheel().arm(this, loop.clock().nanoTime());
    }
  }

  @Override
  public void stray(Echo echo, StrayKind kind, Arrival arrival) {}
}
