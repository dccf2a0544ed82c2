package dev.pingcheck.bench;

import dev.pingcheck.bench.CrossingWatch.Crossing;
import dev.pingcheck.bench.Figure.Operator;
import dev.pingcheck.clock.Clock;
import dev.pingcheck.kube.ApiServer;
import dev.pingcheck.lab.Lab;
import dev.pingcheck.lab.LabHost;
import dev.pingcheck.pipeline.Pipeline;
import dev.pingcheck.verdict.EventReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How long a crossing takes from the end of its round to the event at the API server, through
 * probe, link and operator. A host of the lab falls silent and comes back; the checks on it, whose
 * rounds have phases of their own, cross each way once a turn. The first crossings, of a JVM that
 * has just started, count as all others do.
 */
final class PipelineBenchmark implements Benchmark {
  private static final int CHECKS = 25;

  /**
   * At the third time down and up in ten minutes a check flaps, and its crossings are no events.
   */
  private static final int TURNS = 2;

  private static final double GOAL_MILLIS = 1000;
  private static final String HOST = "target";
  private static final Path API_SERVER = Path.of("target/bench-api-server");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Override
  public String name() {
    return "pipeline";
  }

  @Override
  public String summary() {
    return "from the end of a round that crosses a threshold to the event at the API server";
  }

  @Override
  public Measurement run(Consumer<String> progress) {
    // The lab first: it is quick, and says at once when this is not root.
    try (Lab lab = Lab.builder().hosts(HOST).open()) {
      progress.accept("starting an API server, the operator and the probe");
      try (ApiServer api = ApiServer.open(API_SERVER);
          Pipeline pipeline = new Pipeline(api, lab).start();
          CrossingWatch watch =
              new CrossingWatch(api.admin(), pipeline.namespace(), Clock.system())) {
        LabHost host = lab.host(HOST);
        List<String> checks = healthyChecks(pipeline, host);
        return measurement(crossings(checks, host, watch, progress));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("it was interrupted", e);
    }
  }

  private static List<String> healthyChecks(Pipeline pipeline, LabHost host) {
    List<String> names = IntStream.range(0, CHECKS).mapToObj(i -> "crossing-" + i).toList();
    names.forEach(name -> pipeline.apply(name, host.address4()));
    names.forEach(name -> pipeline.awaitCondition(name, "Healthy", "True"));
    return names;
  }

  private static List<Crossing> crossings(
      List<String> checks, LabHost host, CrossingWatch watch, Consumer<String> progress)
      throws InterruptedException {
    List<Crossing> all = new ArrayList<>();
    for (int turn = 1; turn <= TURNS; turn++) {
      host.dropAll();
      all.addAll(oneEach(checks, EventReason.LOSS_THRESHOLD_EXCEEDED, watch));
      host.heal();
      all.addAll(oneEach(checks, EventReason.LOSS_RECOVERED, watch));
      progress.accept(all.size() + " of " + 2 * TURNS * checks.size() + " crossings");
    }
    return all;
  }

  /** One crossing of this kind of each check; any other event is a fault, and no figure is made. */
  private static List<Crossing> oneEach(
      List<String> checks, EventReason reason, CrossingWatch watch) throws InterruptedException {
    Set<String> missing = new TreeSet<>(checks);
    List<Crossing> crossings = new ArrayList<>();
    while (!missing.isEmpty()) {
      Crossing crossing = watch.next(PATIENCE);
      if (crossing.reason() != reason || !missing.remove(crossing.check())) {
        throw new IllegalStateException(
            "an event that nothing in the lab explains: "
                + crossing
                + " while each check crosses "
                + "once by "
                + reason.text()
                + "; is the machine too busy to answer in time?");
      }
      crossings.add(crossing);
    }
    return crossings;
  }

  private static Measurement measurement(List<Crossing> crossings) {
    Sample sample = sample(crossings);
    List<Figure> figures =
        List.of(figure("p50", sample.percentile(50)), figure("p99", sample.percentile(99)));
    String method =
        String.format(
            Locale.ROOT,
            "%d crossings of %d checks (%s), %.1f to %.1f ms; period 1 s, 4 echoes 50 ms apart.",
            sample.size(),
            CHECKS,
            byReason(crossings),
            sample.min(),
            sample.max());
    return new Measurement(figures, method);
  }

  private static String byReason(List<Crossing> crossings) {
    return crossings.stream().collect(Collectors.groupingBy(Crossing::reason)).entrySet().stream()
        .sorted(java.util.Map.Entry.comparingByKey())
        .map(e ->
            String.format(
                Locale.ROOT,
                "%d %s, p50 %.1f ms",
                e.getValue().size(),
                e.getKey().text(),
                sample(e.getValue()).percentile(50)))
        .collect(Collectors.joining("; "));
  }

  private static Sample sample(List<Crossing> crossings) {
    return new Sample(crossings.stream().map(Crossing::millis).toList());
  }

  private static Figure figure(String percentile, double millis) {
    String name = "pipeline.crossing_to_event_" + percentile;
    return new Figure(name, millis, "ms", Operator.BELOW, GOAL_MILLIS);
  }
}
