package dev.pingcheck.engine;

import dev.pingcheck.plan.ProbePlan.IpFamilies;
import dev.pingcheck.resolve.NameResolver;
import dev.pingcheck.schedule.PacketBudget;
import dev.pingcheck.stats.RoundReport;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** What all checks and rounds of an engine share. Used on the loop's thread. */
final class RoundContext {
  private static final System.Logger LOG = System.getLogger(RoundContext.class.getName());

  private final String probe;
  private final EchoLoop loop;
  private final NameResolver resolver;
  private final PacketBudget budget;
  private final Consumer<RoundReport> sink;
  private final RoundWitness witness;

  /** The greatest number of a round of any check that is gone; its UID may come again. */
  private long numberFloor;

  private int open;
  private volatile Optional<Long> restsSince = Optional.empty();

  RoundContext(
      String probe,
      EchoLoop loop,
      NameResolver resolver,
      PacketBudget budget,
      Consumer<RoundReport> sink,
      RoundWitness witness) {
    this.probe = probe;
    this.loop = loop;
    this.resolver = resolver;
    this.budget = budget;
    this.sink = sink;
    this.witness = witness;
  }

  RoundWitness witness() {
    return witness;
  }

  String probe() {
    return probe;
  }

  EchoLoop loop() {
    return loop;
  }

  NameResolver resolver() {
    return resolver;
  }

  /** A resolver that fails will fail the round, which tells of it. */
  void prepare(String hostname, IpFamilies families, Duration ahead) {
    try {
      resolver.prepare(hostname, families, ahead);
    } catch (RuntimeException e) {
      loop.counters().faults.increment();
      LOG.log(Level.ERROR, "The resolver failed on " + hostname + ".", e);
    }
  }

  PacketBudget budget() {
    return budget;
  }

  void begun() {
    open++;
  }

  void ended(int rounds) {
    open -= rounds;
  }

  /** No round that is due after that time begins; from any thread. */
  void rest(long since) {
    restsSince = Optional.of(since);
  }

  /** Whether a round that is due then is left to somebody else. */
  boolean rests(long due) {
    return restsSince.filter(since -> due - since > 0).isPresent();
  }

  /** Whether every round that had to begin before the rest has begun and ended. */
  boolean isQuiet() {
    return open == 0
        && restsSince.filter(since -> loop.wheel().nextDeadline() - since > 0).isPresent();
  }

  long numberFloor() {
    return numberFloor;
  }

  void retire(long number) {
    numberFloor = Math.max(numberFloor, number);
  }

  /** A sink that fails loses this report and nothing else. */
  void report(RoundReport report) {
    try {
      sink.accept(report);
    } catch (RuntimeException e) {
      loop.counters().faults.increment();
      LOG.log(Level.ERROR, "A report was not taken: " + report.id() + ".", e);
    }
  }
}
