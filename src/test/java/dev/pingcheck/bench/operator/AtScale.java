package dev.pingcheck.bench.operator;

import dev.pingcheck.bench.CrossingWatch;
import dev.pingcheck.bench.Figure;
import dev.pingcheck.bench.Sample;
import dev.pingcheck.clock.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Checks of the default times by a simulated probe: applied at once, at rest, crossing, again. */
final class AtScale {
  private static final int PERIOD_SECONDS = 30;
  private static final Duration WINDOW = Duration.ofSeconds(60);
  private static final Duration PATIENCE = Duration.ofSeconds(300);

  /** One check of so many loses a round at any time, and recovers in its next one. */
  private static final int ONE_IN = 100;

  private final Bed bed;
  private final int count;
  private final double naive;

  AtScale(Bed bed, int count) {
    this.bed = bed;
    this.count = count;
    this.naive = count / (double) PERIOD_SECONDS;
  }

  void measure(List<Figure> figures, List<String> words) throws InterruptedException {
    String namespace = bed.api().newNamespace("scale");
    try (OperatorProcess operator = bed.operator();
        SimulatedProbe probe = new SimulatedProbe(bed.socket());
        CheckWatch watch = new CheckWatch(bed.api().admin(), namespace);
        CrossingWatch crossings = new CrossingWatch(bed.api().admin(), namespace, Clock.system())) {
      operator.awaitReady();
      firstWords(new ManyChecks(bed.api().admin(), namespace, count), watch, probe, figures, words);
      rest(operator, figures, words);
      crossing(probe, crossings, figures, words);
      memory(operator, figures, words);
      restart(operator, watch, probe, figures, words);
    }
  }

  private void firstWords(
      ManyChecks checks,
      CheckWatch watch,
      SimulatedProbe probe,
      List<Figure> figures,
      List<String> words)
      throws InterruptedException {
    long began = System.nanoTime();
    checks.apply(spec -> spec.setPeriod(PERIOD_SECONDS + "s"));
    double applied = (System.nanoTime() - began) / 1e9;
    bed.say(String.format(Locale.ROOT, "%d checks applied in %.1f s", count, applied));
    watch.await("the first status of all", PATIENCE, () -> watch.firstTold().size() == count);
    double all = (System.nanoTime() - began) / 1e9;
    FirstWords first = FirstWords.of(watch, probe);
    String line =
        String.format(
            Locale.ROOT,
            "First statuses: %d checks applied in %.1f s, all told of a round after %.1f s; from"
                + " the round to its status p50 %.0f, p99 %.0f ms, of which the bucket's share (%d"
                + " a second) p50 %.0f, p99 %.0f ms; %d were told of before their first round.",
            count,
            applied,
            all,
            first.total().percentile(50),
            first.total().percentile(99),
            FirstWords.WRITES_PER_SECOND,
            first.share().percentile(50),
            first.share().percentile(99),
            watch.accepted().size());
    bed.say(line);
    words.add(line);
    figures.add(
        Bed.atMost("first_status_beyond_share_p99", first.beyond().percentile(99), "ms", 1000));
    // A period, a round, and a second or two for the last of them.
    figures.add(Bed.atMost("first_statuses_after_apply", all - applied, "s", PERIOD_SECONDS + 5));
  }

  private void rest(OperatorProcess operator, List<Figure> figures, List<String> words)
      throws InterruptedException {
    Thread.sleep(Duration.ofSeconds(5));
    double cpu = operator.cpuSeconds();
    ApiLoad before = bed.load();
    Thread.sleep(WINDOW);
    ApiLoad rest = bed.load().perSecondSince(before);
    double share = (operator.cpuSeconds() - cpu) / (rest.at() / 1e9);
    bed.say("at rest: " + rest);
    figures.add(Bed.atMost("writes_at_rest", rest.writes(), "1/s", 35).beside(naive));
    figures.add(Bed.atMost("lists_at_rest", rest.lists(), "1/s", 0));
    // The API server and the controllers store leases and events of their own.
    figures.add(Bed.atMost("etcd_puts_at_rest", rest.puts(), "1/s", 40).beside(naive));
    figures.add(Bed.atMost("cpu_at_rest", share, "cores", 0.25));
    words.add(
        String.format(
            Locale.ROOT,
            "At rest: %d s, from 5 s after the last first status; figures of a check come every 300 s"
                + " from a random place, so that a window shows the rate but for what the applying"
                + " has left uneven.",
            WINDOW.toSeconds()));
  }

  private void crossing(
      SimulatedProbe probe, CrossingWatch crossings, List<Figure> figures, List<String> words)
      throws InterruptedException {
    probe.lose((name, end) -> {
      long turn = end.getEpochSecond() / PERIOD_SECONDS;
      return ManyChecks.number(name) % ONE_IN == turn % ONE_IN;
    });
    ApiLoad before = bed.load();
    Thread.sleep(WINDOW);
    ApiLoad flapping = bed.load().perSecondSince(before);
    probe.lose((name, end) -> false);
    Thread.sleep(Duration.ofSeconds(PERIOD_SECONDS + 2));
    List<Double> millis = new ArrayList<>();
    for (CrossingWatch.Crossing c = crossings.poll(); c != null; c = crossings.poll()) {
      millis.add(c.millis());
    }
    Sample sample = new Sample(millis);
    bed.say(
        String.format(
            Locale.ROOT,
            "crossing: %s, %d crossings, p50 %.0f, p99 %.0f ms",
            flapping,
            sample.size(),
            sample.percentile(50),
            sample.percentile(99)));
    double crossed = 2.0 * count / ONE_IN / PERIOD_SECONDS;
    figures.add(
        Bed.atMost("writes_flapping", flapping.writes(), "1/s", 35 + 2 * crossed)
            .beside(naive + crossed));
    figures.add(Bed.atMost("crossing_to_event_p50", sample.percentile(50), "ms", 250));
    figures.add(Bed.atMost("crossing_to_event_p99", sample.percentile(99), "ms", 1000));
    words.add(
        String.format(
            Locale.ROOT,
            "Flapping: %d s in which one check in %d loses a round and recovers in the next; %d"
                + " crossings, at most %.0f ms, %.1f statuses and %.1f events a second.",
            WINDOW.toSeconds(),
            ONE_IN,
            sample.size(),
            sample.max(),
            flapping.statusWrites(),
            flapping.eventWrites()));
  }

  private void memory(OperatorProcess operator, List<Figure> figures, List<String> words)
      throws InterruptedException {
    double before = operator.rss();
    double peak = operator.peakRss();
    int scraped = operator.get("/q/metrics").length();
    figures.add(Bed.atMost("rss", before, "MiB", 256));
    words.add(
        String.format(
            Locale.ROOT,
            "Memory: resident after all of that, at most %.0f MiB before and %.0f MiB after a"
                + " scrape of %.1f MB.",
            peak,
            operator.peakRss(),
            scraped / 1e6));
    bed.say(words.getLast());
  }

  private void restart(
      OperatorProcess operator,
      CheckWatch watch,
      SimulatedProbe probe,
      List<Figure> figures,
      List<String> words)
      throws InterruptedException {
    operator.kill();
    probe.lose((name, end) -> ManyChecks.number(name) % ONE_IN == 0);
    Thread.sleep(Duration.ofSeconds(PERIOD_SECONDS + 2)); // each of them has lost a round
    ApiLoad before = bed.load();
    operator.start();
    double ready = operator.awaitReady();
    double after =
        watch.await(
            "truth after a restart",
            PATIENCE,
            () ->
                IntStream.range(0, count)
                    .filter(i -> i % ONE_IN == 0)
                    .allMatch(i -> watch.healthy(ManyChecks.name(i)).equals("False")));
    bed.say(
        String.format(Locale.ROOT, "ready after %.0f ms, all true %.0f ms later", ready, after));
    Thread.sleep(Duration.ofSeconds(60));
    ApiLoad load = bed.load().perSecondSince(before);
    figures.add(Bed.atMost("restart_to_truth", ready + after, "ms", 15_000));
    figures.add(Bed.atMost("writes_after_restart", load.writes(), "1/s", 45).beside(naive));
    words.add(
        String.format(
            Locale.ROOT,
            "Restart: killed, one check in %d crossed meanwhile, ready again with %d checks after"
                + " %.0f ms; writes over the first minute, those crossings included.",
            ONE_IN,
            count,
            ready));
  }
}
