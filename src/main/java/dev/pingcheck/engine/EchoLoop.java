package dev.pingcheck.engine;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.engine.socket.IcmpPort;
import dev.pingcheck.engine.socket.SocketKind;
import dev.pingcheck.schedule.TimerWheel;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/**
 * The one thread that sends, receives and keeps time. It sleeps in the port until a packet, a
 * deadline or a task of another thread comes, and never spins. Wheel and exchange are to be used in
 * tasks, timers and listeners alone, which all run on this thread and must not block.
 */
public final class EchoLoop implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(EchoLoop.class.getName());
  private static final int MOST_IN_FLIGHT = 1 << 22;

  /** Longer sleeps would look like a loop that hangs. */
  private static final long LONGEST_WAIT = Duration.ofSeconds(5).toNanos();

  private static final long HANGS_AFTER = Duration.ofSeconds(15).toNanos();
  private static final long PAUSE_AFTER_FAULT = Duration.ofMillis(10).toNanos();

  /** Tasks, and timers, in a turn: what they send must find room for its replies in the sockets. */
  private static final int MOST_AT_ONCE = 1_000;

  private final Clock clock;
  private final IcmpPort port;
  private final EngineCounters counters = new EngineCounters();
  private final TimerWheel wheel;
  private final EchoExchange exchange;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Thread thread;
  private volatile boolean stopping;
  private volatile long lastTurn;

  /**
   * @param name of the thread
   * @param port is closed with the loop
   * @param random for identifiers and the cookies' key: hard to guess
   */
  public EchoLoop(String name, Clock clock, IcmpPort port, RandomGenerator random) {
    this(name, clock, port, random, MOST_IN_FLIGHT);
  }

  EchoLoop(String name, Clock clock, IcmpPort port, RandomGenerator random, int mostInFlight) {
    this.clock = clock;
    this.port = port;
    wheel = new TimerWheel(clock.nanoTime());
    exchange = new EchoExchange(clock, port, wheel, counters, random, mostInFlight);
    thread = Thread.ofPlatform().name(name).unstarted(this::run);
    lastTurn = clock.nanoTime();
  }

  public Clock clock() {
    return clock;
  }

  public TimerWheel wheel() {
    return wheel;
  }

  public EchoExchange exchange() {
    return exchange;
  }

  public EngineCounters counters() {
    return counters;
  }

  /** Of its sockets; never changes. */
  SocketKind socketKind() {
    return port.kind();
  }

  public void start() {
    lastTurn = clock.nanoTime();
    thread.start();
  }

  /** Runs a task on the loop's thread, soon; from any thread. */
  public void execute(Runnable task) {
    tasks.add(task);
    if (Thread.currentThread() != thread) {
      port.wakeUp();
    }
  }

  /** Whether the thread lives and has gone around within the last 15 s. */
  public boolean isAlive() {
    return thread.isAlive() && clock.nanoTime() - lastTurn < HANGS_AFTER;
  }

  /** Ends the thread, waits for its end (unless it is the caller), and closes the port. */
  @Override
  public void close() {
    stopping = true;
    port.wakeUp();
    if (Thread.currentThread() == thread) {
      return;
    }
    if (thread.getState() == Thread.State.NEW) {
      port.close();
      return;
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Goes around once, without waiting.
   *
   * @return nanoseconds until there is something to do, unless a packet comes before
   */
  long turn() {
    long began = clock.nanoTime();
    runTasks();
    // Read before the packets are: a reply that was there by then is taken in before any timeout
    // that has passed by then, however long this process stood still between the two.
    long now = clock.nanoTime();
    exchange.receive();
    wheel.advance(now, MOST_AT_ONCE);
    exchange.flush();
    long after = clock.nanoTime();
    lastTurn = after;
    counters.busyNanos.add(after - began);
    if (!tasks.isEmpty() || exchange.isBusy()) {
      return 0;
    }
    long deadline = wheel.nextDeadline();
    return deadline == Long.MAX_VALUE
        ? LONGEST_WAIT
        : Math.clamp(deadline - after, 0, LONGEST_WAIT);
  }

  private void run() {
    try {
      while (!stopping) {
        port.await(turnGuarded());
      }
    } finally {
      port.close();
    }
  }

  private long turnGuarded() {
    try {
      return turn();
    } catch (RuntimeException e) {
      counters.faults.increment();
      LOG.log(Level.ERROR, "The echo loop met a fault and goes on.", e);
      LockSupport.parkNanos(PAUSE_AFTER_FAULT);
      return 0;
    }
  }

  private void runTasks() {
    for (int i = 0; i < MOST_AT_ONCE; i++) {
      Runnable task = tasks.poll();
      if (task == null) {
        return;
      }
      task.run();
    }
  }
}
