package dev.pingcheck.bench;

import dev.pingcheck.bench.engine.CaptureBenchmark;
import dev.pingcheck.bench.engine.EngineBenchmark;
import dev.pingcheck.bench.micro.MicroBenchmark;
import dev.pingcheck.bench.operator.OperatorBenchmark;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/**
 * Runs one benchmark and prints its figures: {@code ./dev bench NAME}.
 *
 * <p>Exit code 0 when it measured, whatever the figures are; 1 with a sentence when it could not; 2
 * with the list of benchmarks when there is none of that name.
 */
public final class Bench {
  private static final int NOT_MEASURED = 1;
  private static final int USAGE = 2;

  private final List<Benchmark> benchmarks;
  private final PrintStream out;
  private final PrintStream err;

  Bench(List<Benchmark> benchmarks, PrintStream out, PrintStream err) {
    this.benchmarks = benchmarks;
    this.out = out;
    this.err = err;
  }

  public static void main(String[] arguments) {
    List<Benchmark> all =
        List.of(
            new PipelineBenchmark(),
            new EngineBenchmark(),
            new CaptureBenchmark(),
            new MicroBenchmark(),
            new TruthBenchmark(),
            new OperatorBenchmark(),
            new ExactlyOnceBenchmark(),
            new TakeOverBenchmark());
    Bench bench = new Bench(all, System.out, System.err);
    System.exit(bench.run(arguments));
  }

  int run(String... arguments) {
    if (arguments.length != 1) {
      err.println("usage: ./dev bench NAME");
      return list();
    }
    Optional<Benchmark> chosen =
        benchmarks.stream().filter(b -> b.name().equals(arguments[0])).findFirst();
    if (chosen.isEmpty()) {
      err.println("pingcheck: there is no benchmark " + arguments[0]);
      return list();
    }
    return measure(chosen.get());
  }

  private int list() {
    err.println("The benchmarks are:");
    benchmarks.forEach(b -> err.printf("  %-12s %s%n", b.name(), b.summary()));
    return USAGE;
  }

  private int measure(Benchmark benchmark) {
    try {
      out.print(benchmark.run(line -> err.println("pingcheck: " + line)).report());
      return 0;
    } catch (RuntimeException | AssertionError failed) {
      // The parts are those of the tests: what they miss they tell as a test's failure.
      err.println("pingcheck: bench " + benchmark.name() + " did not measure: " + sentence(failed));
      return NOT_MEASURED;
    }
  }

  private static String sentence(Throwable failed) {
    return Optional.ofNullable(failed.getMessage()).orElseGet(failed::toString);
  }
}
