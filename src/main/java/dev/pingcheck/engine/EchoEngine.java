package dev.pingcheck.engine;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.engine.socket.IcmpPort;
import dev.pingcheck.plan.ProbePlan;
import dev.pingcheck.resolve.NameResolver;
import dev.pingcheck.stats.RoundReport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Carries out plans: one round each period, at the check's phase, and one report for each round
 * when all its echo requests are settled. Rounds of one check may overlap while the last ones wait
 * for their timeouts. Safe to use from any thread.
 */
public final class EchoEngine implements AutoCloseable {
  private final EchoLoop loop;
  private final RoundContext context;
  private final Object lock = new Object();
  private final Map<String, Check> checks = new HashMap<>();

  /**
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
    this(probe, new EchoLoop("pingcheck-echo", clock, port, random), resolver, sink);
  }

  EchoEngine(String probe, EchoLoop loop, NameResolver resolver, Consumer<RoundReport> sink) {
    this.loop = loop;
    context = new RoundContext(probe, loop, resolver, sink);
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
    synchronized (lock) {
      Set<String> wanted = new HashSet<>();
      plans.forEach(plan -> wanted.add(plan.check().uid()));
      List<String> missing = new ArrayList<>(checks.keySet());
      missing.removeAll(wanted);
      missing.forEach(this::remove);
      Map<String, ProbePlan> last = new HashMap<>();
      plans.forEach(plan -> last.put(plan.check().uid(), plan));
      last.values().forEach(this::put);
    }
  }

  /**
   * Adds a plan. One that asks the same as the plan of the same UID disturbs nothing, and its
   * generation stands in the reports from now on; a different one takes its place: the old one's
   * echoes stop at once, its open rounds are never reported.
   */
  public void put(ProbePlan plan) {
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
      Check fresh = new Check(plan, context);
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

  /** Whether the loop goes around: what a liveness probe asks. */
  public boolean isAlive() {
    return loop.isAlive();
  }

  /** What was counted over all checks. */
  public EngineCounters counters() {
    return loop.counters();
  }
}
