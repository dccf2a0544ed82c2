package dev.pingcheck.bench.engine;

import dev.pingcheck.bench.Figure;
import dev.pingcheck.bench.Figure.Operator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The linked probe and prometheus-smokeping-prober side by side: the same 1,000 loopback addresses,
 * in the same namespace, at the same time, an echo a second each.
 */
final class Smokeping {
  private static final String PROGRAM = "prometheus-smokeping-prober";
  private static final int TARGETS = 1_000;
  private static final int PATIENCE_SECONDS = 60;
  private static final Duration TIME = Duration.ofSeconds(20);

  /** It serves its metrics once it has started all its targets. */
  private static final String METRICS =
      "exec 2>/dev/null 3<>/dev/tcp/127.0.0.1/9374 || exit 0;"
          + " printf 'GET /metrics HTTP/1.0\\r\\n\\r\\n' >&3; timeout 10 cat <&3";

  private record Counts(double requests, double replies, double ourCpu, double theirCpu) {
    Counts since(Counts earlier) {
      return new Counts(
          requests - earlier.requests,
          replies - earlier.replies,
          ourCpu - earlier.ourCpu,
          theirCpu - earlier.theirCpu);
    }
  }

  List<Figure> measure(Consumer<String> progress) {
    try (BenchHost host = new BenchHost();
        LinkedProbe ours = new LinkedProbe(host, TARGETS)) {
      ours.awaitReports();
      Process theirs = host.start(command());
      try {
        return beside(host, ours, new ProcessFigures(theirs.pid()), progress);
      } finally {
        theirs.destroy();
      }
    }
  }

  private static List<Figure> beside(
      BenchHost host, LinkedProbe ours, ProcessFigures them, Consumer<String> progress) {
    List<Figure> figures = new ArrayList<>();
    Optional<Counts> before = firstCounts(host, ours.figures(), them);
    if (before.isPresent()) {
      LinkedProbe.pause(TIME);
      Counts counts = counts(host, ours.figures(), them).orElseThrow().since(before.get());
      progress.accept("beside the smokeping prober, in %s: %s".formatted(TIME, counts));
      figures.add(
          new Figure(
              "engine.smokeping_loss",
              1 - counts.replies / counts.requests,
              "ratio",
              Operator.AT_LEAST,
              0));
      figures.add(ratio("engine.cpu_vs_smokeping", counts.ourCpu / counts.theirCpu, 1));
    } else {
      progress.accept(
          "%s has not started %d targets within %d s: it has no figures here"
              .formatted(PROGRAM, TARGETS, PATIENCE_SECONDS));
    }
    double theirs = them.resident();
    progress.accept("resident: ours %.1f, theirs %.1f MiB".formatted(memory(ours), theirs));
    figures.add(ratio("engine.rss_vs_smokeping", memory(ours) / theirs, 1));
    figures.add(new Figure("engine.lost_beside", ours.lost(), "echoes", Operator.EQUAL, 0));
    return figures;
  }

  private static double memory(LinkedProbe probe) {
    return probe.figures().resident();
  }

  private static Figure ratio(String name, double value, double most) {
    return new Figure(name, value, "ratio", Operator.AT_MOST, most);
  }

  private static Optional<Counts> firstCounts(
      BenchHost host, ProcessFigures us, ProcessFigures them) {
    for (int second = 0; second < PATIENCE_SECONDS; second++) {
      Optional<Counts> counts = counts(host, us, them);
      if (counts.isPresent()) {
        return counts;
      }
      LinkedProbe.pause(Duration.ofSeconds(1));
    }
    return Optional.empty();
  }

  private static Optional<Counts> counts(BenchHost host, ProcessFigures us, ProcessFigures them) {
    String metrics = host.run("bash", "-c", METRICS);
    double requests = sum("smokeping_requests_total", metrics);
    double replies = sum("smokeping_response_duration_seconds_count", metrics);
    return requests == 0
        ? Optional.empty()
        : Optional.of(new Counts(requests, replies, us.cpuSeconds(), them.cpuSeconds()));
  }

  private static String[] command() {
    List<String> command = new ArrayList<>(List.of(PROGRAM, "--privileged", "-i", "1s"));
    command.add("--config.file=");
    command.add("--web.listen-address=127.0.0.1:9374");
    IntStream.range(0, TARGETS).mapToObj(LoopbackPlans::address).forEach(command::add);
    return command.toArray(String[]::new);
  }

  /** All series of a counter together. */
  private static double sum(String counter, String metrics) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(counter + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }
}
