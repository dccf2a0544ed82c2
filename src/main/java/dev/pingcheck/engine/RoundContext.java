package dev.pingcheck.engine;

import dev.pingcheck.resolve.NameResolver;
import dev.pingcheck.stats.RoundReport;
import java.lang.System.Logger.Level;
import java.util.function.Consumer;

/** What all checks and rounds of an engine share. Used on the loop's thread. */
final class RoundContext {
  private static final System.Logger LOG = System.getLogger(RoundContext.class.getName());

  private final String probe;
  private final EchoLoop loop;
  private final NameResolver resolver;
  private final Consumer<RoundReport> sink;

  /** The greatest number of a round of any check that is gone; its UID may come again. */
  private long numberFloor;

  RoundContext(String probe, EchoLoop loop, NameResolver resolver, Consumer<RoundReport> sink) {
    this.probe = probe;
    this.loop = loop;
    this.resolver = resolver;
    this.sink = sink;
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
