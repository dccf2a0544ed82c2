package dev.pingcheck.bench;

import dev.pingcheck.bench.Figure.Operator;
import dev.pingcheck.truth.TruthResult;
import dev.pingcheck.truth.TruthRun;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.Consumer;

/**
 * Ten million echo requests through each kind of sockets and a network that lies by a script: how
 * many does the engine report otherwise than they went? The seeds are printed; the system property
 * {@code pingcheck.truth.seed} repeats a run, {@code pingcheck.truth.requests} makes it shorter
 * (give them in {@code JAVA_TOOL_OPTIONS}).
 */
final class TruthBenchmark implements Benchmark {
  private static final int REQUESTS = 10_000_000;
  private static final int WINDOW = 4_000;
  private static final List<String> KINDS = List.of("RAW", "PING");

  @Override
  public String name() {
    return "truth";
  }

  @Override
  public String summary() {
    return "what the engine reports of each echo against what was done to it";
  }

  @Override
  public Measurement run(Consumer<String> progress) {
    long seed = Long.getLong("pingcheck.truth.seed", System.nanoTime());
    int requests = Integer.getInteger("pingcheck.truth.requests", REQUESTS);
    long miscounts = 0;
    StringJoiner method =
        new StringJoiner(
            "; ",
            String.format(
                Locale.ROOT,
                "%d echo requests of both families to 5,000 addresses through each kind of sockets,"
                    + " seed %d; ",
                requests,
                seed),
            ".");
    for (String kind : KINDS) {
      progress.accept(requests + " echo requests through " + kind + " sockets, seed " + seed);
      TruthResult result = TruthRun.of(kind, seed, requests, WINDOW);
      result.words().forEach(progress);
      refuseIfUncertain(result, requests);
      miscounts += result.miscounts();
      method.add(kind + " " + text(result));
    }
    return new Measurement(
        List.of(new Figure("truth.miscounts", miscounts, "echoes", Operator.EQUAL, 0)),
        method.toString());
  }

  private static void refuseIfUncertain(TruthResult result, int requests) {
    int uncertain = result.unsure() + result.unseen();
    if (uncertain > requests / 100) {
      throw new IllegalStateException(
          "the lab cannot tell the truth of " + uncertain + " requests: is the machine too busy?");
    }
  }

  private static String text(TruthResult result) {
    return String.format(
        Locale.ROOT,
        "%d packets back in %.0f s, %d miscounts, %d unsure, %d unseen",
        result.load().packets(),
        result.load().millis() / 1e3,
        result.miscounts(),
        result.unsure(),
        result.unseen());
  }
}
