package dev.pingcheck.bench.engine;

import dev.pingcheck.bench.Figure;
import dev.pingcheck.bench.Figure.Operator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Memory of the linked probe, with few targets and with many, each echoed once a second. */
final class Memory {
  private static final int FEW = 1_000;
  private static final int MANY = 100_000;

  /** After the first reports: the probe goes on as it will for months. */
  private static final Duration SETTLING = Duration.ofSeconds(30);

  List<Figure> measure(Consumer<String> progress) {
    List<Figure> figures = new ArrayList<>();
    try (BenchHost host = new BenchHost()) {
      figures.addAll(of(host, FEW, "1k", 72, 48, progress));
      figures.addAll(of(host, MANY, "100k", 1024, 1024, progress));
    }
    return figures;
  }

  private static List<Figure> of(
      BenchHost host, int targets, String name, double most, double own, Consumer<String> to) {
    try (LinkedProbe probe = new LinkedProbe(host, targets)) {
      probe.awaitReports();
      double cpu = probe.figures().cpuSeconds();
      LinkedProbe.pause(SETTLING);
      ProcessFigures figures = probe.figures();
      to.accept(
          "%,d targets: %.1f MiB, %.1f of them anonymous, %.3f of a core; %d echoes, %d lost"
              .formatted(
                  targets,
                  figures.resident(),
                  figures.anonymous(),
                  (figures.cpuSeconds() - cpu) / SETTLING.toSeconds(),
                  probe.sent(),
                  probe.lost()));
      return List.of(
          new Figure("engine.rss_" + name, figures.resident(), "MiB", Operator.AT_MOST, most),
          new Figure("engine.rss_anon_" + name, figures.anonymous(), "MiB", Operator.AT_MOST, own),
          new Figure("engine.lost_" + name, probe.lost(), "echoes", Operator.EQUAL, 0));
    }
  }
}
