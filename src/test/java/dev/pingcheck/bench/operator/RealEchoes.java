package dev.pingcheck.bench.operator;

import dev.pingcheck.bench.CrossingWatch;
import dev.pingcheck.bench.Figure;
import dev.pingcheck.bench.Sample;
import dev.pingcheck.clock.Clock;
import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.lab.Lab;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** A thousand checks by the real probe, on addresses that lie on its own loopback interface. */
final class RealEchoes {
  private static final int CHECKS = 1_000;
  private static final int SILENCED = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration QUIET = Duration.ofSeconds(30);

  private final Bed bed;

  RealEchoes(Bed bed) {
    this.bed = bed;
  }

  void measure(List<Figure> figures, List<String> words) throws InterruptedException {
    String namespace = bed.api().newNamespace("real");
    ManyChecks checks = new ManyChecks(bed.api().admin(), namespace, CHECKS);
    try (Lab lab = Lab.builder().hosts("unused").open();
        OperatorProcess operator = bed.operator();
        CrossingWatch crossings = new CrossingWatch(bed.api().admin(), namespace, Clock.system());
        CheckWatch watch = new CheckWatch(bed.api().admin(), namespace)) {
      lab.prober().exec("ip", "route", "add", "local", "198.18.0.0/16", "dev", "lo");
      Process probe = probe(lab);
      operator.awaitReady();
      bed.say("applying " + CHECKS + " checks for the real probe");
      checks.apply(spec -> {
        spec.setInterval("100ms");
        spec.setPeriod("5s");
        spec.setTimeout("1s");
      });
      double healthy =
          watch.await("health of all", PATIENCE, () -> allAre("True", watch, 0, CHECKS));
      bed.say(String.format(Locale.ROOT, "all are healthy after %.1f s", healthy / 1000));
      Thread.sleep(QUIET);
      int alarms = IntStream.range(0, CHECKS).map(i -> isHealthy(watch, i) ? 0 : 1).sum();
      Sample sample = crossings(lab, crossings, watch);
      figures.add(Bed.atMost("real_false_alarms", alarms, "checks", 0));
      figures.add(Bed.atMost("real_crossing_to_event_p99", sample.percentile(99), "ms", 1000));
      words.add(
          String.format(
              Locale.ROOT,
              "Real echoes: %d checks of 5 s, all healthy %.1f s after they were applied; %d"
                  + " crossings, p50 %.1f ms.",
              CHECKS,
              healthy / 1000,
              sample.size(),
              sample.percentile(50)));
      probe.destroy();
    } catch (IOException e) {
      throw new IllegalStateException("the probe cannot be started: " + e.getMessage(), e);
    } finally {
      bed.api().admin().resources(PingCheck.class).inNamespace(namespace).delete();
    }
  }

  private Process probe(Lab lab) throws IOException {
    String socket = bed.socket().toString();
    return new ProcessBuilder(lab.atProber("tools/pingcheck", "probe", "--socket", socket))
        .redirectErrorStream(true)
        .redirectOutput(bed.state().resolve("probe.log").toFile())
        .start();
  }

  /** Some of the addresses fall silent, and come back: each check on them crosses twice. */
  private Sample crossings(Lab lab, CrossingWatch crossings, CheckWatch watch)
      throws InterruptedException {
    String silenced = ManyChecks.address(0) + "-" + ManyChecks.address(SILENCED - 1);
    List<Double> millis = new ArrayList<>();
    lab.prober()
        .nft(
            "add table ip bench; add chain ip bench out { type filter hook output priority 0; };"
                + " add rule ip bench out ip daddr "
                + silenced
                + " icmp type echo-request drop");
    for (int i = 0; i < SILENCED; i++) {
      millis.add(crossings.next(PATIENCE).millis());
    }
    lab.prober().nft("delete table ip bench");
    for (int i = 0; i < SILENCED; i++) {
      millis.add(crossings.next(PATIENCE).millis());
    }
    watch.await("recovery of all", PATIENCE, () -> allAre("True", watch, 0, CHECKS));
    return new Sample(millis);
  }

  private static boolean allAre(String state, CheckWatch watch, int from, int to) {
    return IntStream.range(from, to).allMatch(i -> watch.healthy(ManyChecks.name(i)).equals(state));
  }

  private static boolean isHealthy(CheckWatch watch, int number) {
    return watch.healthy(ManyChecks.name(number)).equals("True");
  }
}
