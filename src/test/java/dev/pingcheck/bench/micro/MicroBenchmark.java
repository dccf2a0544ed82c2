package dev.pingcheck.bench.micro;

import dev.pingcheck.bench.Benchmark;
import dev.pingcheck.bench.Figure;
import dev.pingcheck.bench.Figure.Operator;
import dev.pingcheck.bench.Measurement;
import dev.pingcheck.bench.ProbeJvm;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * The pure parts of an echo one by one, by JMH, in a JVM with the probe's options. The kernel needs
 * two microseconds for an echo; parts of a hundred nanoseconds are what 15 % of that has room for.
 */
public final class MicroBenchmark implements Benchmark {
  private static final double MOST_NANOS = 100;

  /** JMH's own calls allocate now and then; an object of ours would be sixteen octets a call. */
  private static final double MOST_OCTETS = 0.01;

  private static final String ALLOCATED = "gc.alloc.rate.norm";

  @Override
  public String name() {
    return "micro";
  }

  @Override
  public String summary() {
    return "checksum, codec, cookie and timer wheel alone, by JMH";
  }

  @Override
  public Measurement run(Consumer<String> progress) {
    progress.accept("seven calls, three seconds each");
    List<Figure> figures = new ArrayList<>();
    for (RunResult run : runs()) {
      String call = "micro." + run.getPrimaryResult().getLabel();
      figures.add(
          new Figure(call, run.getPrimaryResult().getScore(), "ns", Operator.AT_MOST, MOST_NANOS));
      Result<?> allocated = run.getSecondaryResults().get(ALLOCATED);
      if (allocated == null) {
        throw new IllegalStateException("JMH gave no " + ALLOCATED + " for " + call);
      }
      figures.add(
          new Figure(
              call + "_alloc", allocated.getScore(), "octets", Operator.AT_MOST, MOST_OCTETS));
    }
    return new Measurement(
        figures,
        "JMH, one fork, two iterations of half a second to warm up and four to measure, the mean a"
            + " call, with the JVM options of the probe.");
  }

  private static Collection<RunResult> runs() {
    Options options =
        new OptionsBuilder()
            .include(WireCalls.class.getName())
            .include(WheelCalls.class.getName())
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.NANOSECONDS)
            .forks(1)
            .warmupIterations(2)
            .warmupTime(TimeValue.milliseconds(500))
            .measurementIterations(4)
            .measurementTime(TimeValue.milliseconds(500))
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .jvmArgs(ProbeJvm.OPTIONS)
            .verbosity(VerboseMode.SILENT)
            .build();
    try {
      return new Runner(options).run();
    } catch (RunnerException e) {
      throw new IllegalStateException("JMH could not measure: " + e.getMessage(), e);
    }
  }
}
