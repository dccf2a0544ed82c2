package dev.pingcheck.bench.engine;

import dev.pingcheck.bench.Figure;
import dev.pingcheck.bench.Figure.Operator;
import java.util.List;
import java.util.function.Consumer;

/** 100,000 targets, each asked once a second for a minute; whatever is lost is a false loss. */
final class Targets {
  private static final int MANY = 100_000;
  private static final int SECONDS = 60;

  List<Figure> measure(Consumer<String> progress) {
    progress.accept("100,000 targets for a minute");
    try (BenchHost host = new BenchHost()) {
      String many =
          host.java(false, ManyTargets.class, Integer.toString(MANY), Integer.toString(SECONDS));
      String few = host.java(false, ManyTargets.class, "1000", "5");
      progress.accept("100,000 targets: " + many.strip());
      progress.accept("1,000 targets: " + few.strip());
      double wanted = (double) MANY * SECONDS;
      return List.of(
          new Figure("engine.false_loss", Words.after("lost", many), "echoes", Operator.EQUAL, 0),
          new Figure(
              "engine.sent_at_100k",
              Words.after("sent", many) / wanted,
              "ratio",
              Operator.AT_LEAST,
              0.99),
          new Figure(
              "engine.kernel_drops", Words.after("drops", many), "packets", Operator.EQUAL, 0));
    }
  }
}
