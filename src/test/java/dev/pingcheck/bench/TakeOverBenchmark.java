package dev.pingcheck.bench;

import dev.pingcheck.bench.Figure.Operator;
import dev.pingcheck.kube.ApiServer;
import dev.pingcheck.once.TakeOver;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** How long a host's crossing waits for its event when the leader was killed, or told to end. */
final class TakeOverBenchmark implements Benchmark {
  private static final int TURNS = 5;
  private static final double GOAL_SECONDS = 15;
  private static final Path API_SERVER = Path.of("target/bench-api-server");

  @Override
  public String name() {
    return "take-over";
  }

  @Override
  public String summary() {
    return "from the end of the leading operator to the first event of the other";
  }

  @Override
  public Measurement run(Consumer<String> progress) {
    try (ApiServer api = ApiServer.open(API_SERVER)) {
      TakeOver.Result result = TakeOver.run(api, TURNS, progress);
      Sample killed = new Sample(result.killed());
      Sample ended = new Sample(result.ended());
      return new Measurement(
          List.of(
              new Figure("operator.takeover", killed.max(), "s", Operator.AT_MOST, GOAL_SECONDS),
              new Figure(
                  "operator.handover", ended.max(), "s", Operator.AT_MOST, GOAL_SECONDS / 3)),
          String.format(
              Locale.ROOT,
              "The slowest of %d kills (from %.1f s) and of %d SIGTERMs (from %.1f s), each to the"
                  + " event of a crossing of that moment.",
              killed.size(),
              killed.min(),
              ended.size(),
              ended.min()));
    }
  }
}
