package dev.pingcheck.bench.engine;

import dev.pingcheck.bench.Benchmark;
import dev.pingcheck.bench.Figure;
import dev.pingcheck.bench.Figure.Operator;
import dev.pingcheck.bench.Measurement;
import dev.pingcheck.plan.ProbePlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a capture costs: the same probe with a thousand targets, each echoed once a second, with and
 * without {@code capture: OnLoss}, in turns.
 */
public final class CaptureBenchmark implements Benchmark {
  private static final int TARGETS = 1_000;
  private static final int TURNS = 2;
  private static final Duration SPAN = Duration.ofSeconds(20);

  /** Seconds of processor time a second, and MiB. */
  private record Cost(double cpu, double memory) {}

  @Override
  public String name() {
    return "capture";
  }

  @Override
  public String summary() {
    return "processor time and memory of a probe that captures the packets of all its checks";
  }

  @Override
  public Measurement run(Consumer<String> progress) {
    List<Cost> without = new ArrayList<>();
    List<Cost> with = new ArrayList<>();
    try (BenchHost host = new BenchHost()) {
      for (int turn = 0; turn < TURNS; turn++) {
        without.add(cost(host, false, progress));
        with.add(cost(host, true, progress));
      }
    }
    double plain = cpu(without);
    double captured = cpu(with);
    return new Measurement(
        List.of(
            new Figure("capture.cpu_ratio", captured / plain, "ratio", Operator.AT_MOST, 2.5),
            new Figure(
                "capture.cpu_an_echo",
                (captured - plain) / TARGETS * 1e6,
                "us",
                Operator.AT_MOST,
                100),
            new Figure(
                "capture.memory", memory(with) - memory(without), "MiB", Operator.AT_MOST, 32)),
        "%,d targets on loopback, an echo a second each, %d turns of %d s; %.4f of a core without, %.4f with."
            .formatted(TARGETS, TURNS, SPAN.toSeconds(), plain, captured));
  }

  private static Cost cost(BenchHost host, boolean captured, Consumer<String> progress) {
    List<ProbePlan> plans =
        LoopbackPlans.of(TARGETS).stream().map(plan -> plan.withCapture(captured)).toList();
    try (LinkedProbe probe = new LinkedProbe(host, plans)) {
      probe.awaitReports();
      double before = probe.figures().cpuSeconds();
      LinkedProbe.pause(SPAN);
      ProcessFigures figures = probe.figures();
      Cost cost = new Cost((figures.cpuSeconds() - before) / SPAN.toSeconds(), figures.anonymous());
      progress.accept(
          "%s capture: %.4f of a core, %.1f MiB anonymous, %d echoes, %d lost"
              .formatted(
                  captured ? "with" : "without",
                  cost.cpu,
                  cost.memory,
                  probe.sent(),
                  probe.lost()));
      return cost;
    }
  }

  private static double cpu(List<Cost> costs) {
    return costs.stream().mapToDouble(Cost::cpu).average().orElseThrow();
  }

  private static double memory(List<Cost> costs) {
    return costs.stream().mapToDouble(Cost::memory).average().orElseThrow();
  }
}
