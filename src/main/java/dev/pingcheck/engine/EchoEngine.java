package dev.pingcheck.engine;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.engine.socket.IcmpPort;
import dev.pingcheck.engine.socket.SocketKind;
import dev.pingcheck.plan.Interruption;
import dev.pingcheck.plan.ProbePlan;
import dev.pingcheck.resolve.NameResolver;
import dev.pingcheck.schedule.PacketBudget;
import dev.pingcheck.schedule.PacketLimits;
import dev.pingcheck.stats.EngineHealth;
import dev.pingcheck.stats.EngineHealth.Sockets;
import dev.pingcheck.stats.RoundReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Carries out plans: one round each period, at the check's phase, and one report for each round
 * when all its echo requests are settled. Rounds of one check may overlap while the last ones wait
 * for their timeouts. Safe to use from any thread.
 */
public final class EchoEngine implements AutoCloseable {
  private static final long LOOK_MILLIS = 20;

  private final EchoLoop loop;
  private final RoundContext context;
  private final Object lock = new Object();
  private final Map<String, Check> checks = new HashMap<>();

  /**
   * An engine with the default limits.
   *
   * @param probe the random name that this probe gave itself, for {@link
   *     dev.pingcheck.stats.RoundId}
   * @param port the open sockets, closed with the engine
   * @param resolver not closed with the engine
   * @param random for identifiers and cookies: hard to guess, as {@link java.security.SecureRandom}
   * @param sink takes the reports, on the engine's thread; must not block
   */
  public EchoEngine(
      String probe,
      Clock clock,
      IcmpPort port,
      NameResolver resolver,
      RandomGenerator random,
      Consumer<RoundReport> sink) {
    this(
        probe,
        new EchoLoop("pingcheck-echo", clock, port, random),
        resolver,
        PacketLimits.defaults(),
        sink);
  }

  /**
   * An engine with limits of its own.
   *
   * @param probe the random name that this probe gave itself
   * @param loop not yet started; closed with the engine
   * @param resolver not closed with the engine
   * @param limits how many requests a second it may send
   * @param sink takes the reports, on the engine's thread; must not block
   */
  public EchoEngine(
      String probe,
      EchoLoop loop,
      NameResolver resolver,
      PacketLimits limits,
      Consumer<RoundReport> sink) {
    this(probe, loop, resolver, limits, sink, RoundWitness.BLIND);
  }

  /**
   * The same with somebody who sees packets.
   *
   * @param witness of the rounds whose plans ask for a capture
   */
  public EchoEngine(
      String probe,
      EchoLoop loop,
      NameResolver resolver,
      PacketLimits limits,
      Consumer<RoundReport> sink,
      RoundWitness witness) {
    this.loop = loop;
    context = new RoundContext(probe, loop, resolver, new PacketBudget(limits), sink, witness);
  }

  public void start() {
    loop.start();
  }

  /** Stops all echoes and closes the port; no report comes after that. */
  @Override
  public void close() {
    synchronized (lock) {
      checks.values().forEach(Check::stop);
      checks.clear();
    }
    loop.close();
  }

  /**
   * Makes these plans the only ones. Those that are already carried out, unchanged, go on
   * undisturbed; what is missing stops at once. Of two plans for one UID the last counts.
   */
  public void replaceAll(Collection<ProbePlan> plans) {
    replaceAll(plans, Optional.empty());
  }

  /**
   * The same after an interruption: a check that begins makes up for the round that this has cost.
   */
  public void replaceAll(Collection<ProbePlan> plans, Optional<Interruption> interruption) {
    synchronized (lock) {
      Set<String> wanted = new HashSet<>();
      plans.forEach(plan -> wanted.add(plan.check().uid()));
      List<String> missing = new ArrayList<>(checks.keySet());
      missing.removeAll(wanted);
      missing.forEach(this::remove);
      Map<String, ProbePlan> last = new HashMap<>();
      plans.forEach(plan -> last.put(plan.check().uid(), plan));
      last.values().forEach(plan -> put(plan, interruption));
    }
  }

  /**
   * Adds a plan. One that asks the same as the plan of the same UID disturbs nothing, and its
   * generation stands in the reports from now on; a different one takes its place: the old one's
   * echoes stop at once, its open rounds are never reported.
   */
  public void put(ProbePlan plan) {
    put(plan, Optional.empty());
  }

  private void put(ProbePlan plan, Optional<Interruption> interruption) {
    synchronized (lock) {
      String uid = plan.check().uid();
      Check old = checks.get(uid);
      if (old != null && old.plan().asksTheSameAs(plan)) {
        old.adopt(plan);
        return;
      }
      if (old != null) {
        remove(uid);
      }
      Check fresh = new Check(plan, context, interruption);
      checks.put(uid, fresh);
      loop.execute(fresh::begin);
    }
  }

  /**
   * Drops a plan: its echoes stop at once, its open rounds are never reported. An unknown UID
   * changes nothing.
   */
  public void remove(String uid) {
    synchronized (lock) {
      Check check = checks.remove(uid);
      if (check != null) {
        check.stop();
        loop.execute(check::drop);
      }
    }
  }

  /**
   * Begins no more rounds; those that were due by now begin, and all that have begun go on to their
   * end.
   *
   * @return now, by the wall clock
   */
  public Instant rest() {
    context.rest(loop.clock().nanoTime());
    return loop.clock().now();
  }

  /**
   * Waits for the end of all rounds after {@link #rest}.
   *
   * @return whether they have ended in time
   */
  public boolean awaitQuiet(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (loop.isAlive()) {
      CompletableFuture<Boolean> quiet = new CompletableFuture<>();
      loop.execute(() -> quiet.complete(isQuiet()));
      long left = deadline - System.nanoTime();
      try {
        if (quiet.get(Math.max(0, left), TimeUnit.NANOSECONDS)) {
          return true;
        }
      } catch (ExecutionException | TimeoutException late) {
        return false;
      }
      if (left <= 0) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    return false;
  }

  /** On the loop's thread. */
  boolean isQuiet() {
    return context.isQuiet();
  }

  /** Whether the loop goes around: what a liveness probe asks. */
  public boolean isAlive() {
    return loop.isAlive();
  }

  /** How it is, from any thread. */
  public EngineHealth health() {
    EngineCounters counted = loop.counters();
    return new EngineHealth(
        loop.socketKind() == SocketKind.RAW ? Sockets.RAW : Sockets.PING,
        counted.kernelDrops.sum(),
        counted.socketsReopened.sum(),
        counted.faults.sum(),
        Math.max(0, counted.busyNanos.sum()));
  }

  /** What was counted over all checks. */
  public EngineCounters counters() {
    return loop.counters();
  }
}
