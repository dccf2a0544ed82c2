package dev.pingcheck.bench;

import dev.pingcheck.bench.Figure.Operator;
import dev.pingcheck.kube.ApiServer;
import dev.pingcheck.once.ManyCrossings;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * How many of a thousand crossings are lost or told twice while the leading operator, the probes,
 * the API server and etcd are killed at random times.
 */
final class ExactlyOnceBenchmark implements Benchmark {
  private static final int CROSSINGS = 1000;
  private static final int LEAST_DEEDS = 50;
  private static final Path API_SERVER = Path.of("target/bench-api-server");

  @Override
  public String name() {
    return "exactly-once";
  }

  @Override
  public String summary() {
    return "crossings lost or told twice while everything is killed; ten minutes";
  }

  @Override
  public Measurement run(Consumer<String> progress) {
    long seed = System.nanoTime();
    try (ApiServer api = ApiServer.open(API_SERVER)) {
      ManyCrossings.Result result = ManyCrossings.run(api, CROSSINGS, seed, progress);
      return new Measurement(
          List.of(
              new Figure(
                  "exactly_once.crossings",
                  result.crossings(),
                  "crossings",
                  Operator.AT_LEAST,
                  CROSSINGS),
              new Figure(
                  "exactly_once.kills", result.deeds(), "deeds", Operator.AT_LEAST, LEAST_DEEDS),
              new Figure("exactly_once.lost", result.lost(), "crossings", Operator.EQUAL, 0),
              new Figure("exactly_once.doubled", result.doubled(), "events", Operator.EQUAL, 0)),
          "Two operators, two scripted probes on the real link, real API server and etcd; seed "
              + seed
              + "; done meanwhile: "
              + result.inWords()
              + ".");
    }
  }
}
