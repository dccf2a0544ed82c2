package dev.pingcheck.verdict;

import dev.pingcheck.crd.EffectiveThresholds;
import dev.pingcheck.stats.AddressRound;
import dev.pingcheck.stats.LossReason;
import dev.pingcheck.stats.Pacing;
import dev.pingcheck.stats.Replies;
import dev.pingcheck.stats.Resolution;
import dev.pingcheck.stats.RoundId;
import dev.pingcheck.stats.RoundReport;
import dev.pingcheck.stats.Strays;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Makes up what happens to a check; the same seed makes up the same. */
final class RandomHistory {
  private static final int ECHOES = 5;
  private static final long MS = 1_000_000;
  private static final int[] PERIODS = {1, 10, 30, 120, 600, 3600};
  private static final double[] MOODS = {0.01, 0.1, 0.4, 0.8};

  private final SplittableRandom random;
  private final List<Step> steps = new ArrayList<>();
  private final double changeOfHost;
  private final double changeOfName;
  private final double changeOfSpec;
  private final int pool;
  private final boolean all;
  private final int jitter;
  private final int nodes;
  private final boolean overlaps;

  private Instant now = Instant.parse("2026-01-01T00:00:00.123456Z");
  private long generation = 1;
  private int target;
  private int rounds;
  private String probe = "aaaaaaaa";
  private Duration period;
  private EffectiveThresholds thresholds;
  private int[] mood;
  private List<Integer> addresses;

  private RandomHistory(long seed) {
    random = new SplittableRandom(seed);
    changeOfHost = oneOf(MOODS);
    changeOfName = oneOf(MOODS) / 4;
    changeOfSpec = chance(0.5) ? 0.002 : 0.03;
    all = chance(0.4);
    jitter = chance(0.5) ? 1 : 40; // without any, times fall on the edges of windows
    pool = all && chance(0.1) ? 40 : 4;
    nodes = chance(0.4) ? 1 + random.nextInt(4) : 0;
    overlaps = chance(0.3);
    mood = new int[pool * Math.max(1, nodes)];
    period = Duration.ofSeconds(PERIODS[random.nextInt(PERIODS.length)]);
    thresholds = someThresholds();
    addresses = someAddresses();
  }

  static List<Step> of(long seed, int length) {
    RandomHistory history = new RandomHistory(seed);
    history.accept();
    while (history.steps.size() < length) {
      history.happen();
    }
    return history.steps;
  }

  private void happen() {
    if (chance(changeOfSpec)) {
      changeSpec();
    } else if (chance(nodes == 0 ? 0.01 : 0.05)) {
      now = now.plus(period.multipliedBy(4));
      steps.add(
          nodes == 0
              ? new Step.Silence(now)
              : new Step.Changed(someNodes(0.4), someNodes(0.1), now));
    } else {
      round();
    }
  }

  private void changeSpec() {
    switch (random.nextInt(6)) {
      case 0 -> target++;
      case 1 -> period = Duration.ofSeconds(PERIODS[random.nextInt(PERIODS.length)]);
      case 2 -> {
        generation++;
        steps.add(new Step.Suspended(generation, now));
        now = now.plus(period.multipliedBy(random.nextInt(50)));
      }
      case 3 -> {
        if (overlaps) {
          probe = random.nextInt() + "b"; // another probe, no other spec
        }
      }
      default -> thresholds = someThresholds();
    }
    generation++;
    accept();
  }

  private void accept() {
    steps.add(new Step.Accepted(generation, "host" + target, period, thresholds, now));
  }

  private void round() {
    Instant start = now;
    now = now.plus(period).plusMillis(random.nextInt(jitter));
    if (!overlaps && chance(0.003)) {
      now = now.minus(period.multipliedBy(random.nextInt(100))); // the clock was set back
    }
    for (int i = 0; i < mood.length; i++) {
      if (chance(changeOfHost)) {
        mood[i] = random.nextInt(6);
      }
    }
    if (chance(changeOfName)) {
      addresses = someAddresses();
    }
    int node = nodes == 0 ? 0 : random.nextInt(nodes);
    List<AddressRound> figures = addresses.stream().map(a -> address(node, a)).toList();
    String name = nodes == 0 ? "" : "node-" + node;
    steps.add(new Step.Round(report(probe + name, start, figures), name));
    if (overlaps && chance(0.1)) {
      steps.add(new Step.Round(report("successor" + name, start, figures), name));
    }
  }

  private RoundReport report(String by, Instant start, List<AddressRound> figures) {
    return new RoundReport(
        "uid-1",
        generation,
        new RoundId(by, ++rounds),
        start,
        now,
        figures.isEmpty() ? Resolution.failed("No such name.") : Resolution.resolved(),
        figures,
        Pacing.ON_TIME);
  }

  private Set<String> someNodes(double share) {
    Set<String> some = new TreeSet<>();
    for (int node = 0; node < nodes; node++) {
      if (chance(share)) {
        some.add("node-" + node);
      }
    }
    return some;
  }

  private AddressRound address(int node, int number) {
    int its = mood[node * pool + number];
    int lost =
        switch (its) {
          case 0 -> ECHOES;
          case 1 -> random.nextInt(ECHOES + 1);
          case 2 -> random.nextInt(3);
          default -> 0;
        };
    int received = ECHOES - lost;
    long rtt = its == 3 ? 8 * MS : (4 + random.nextInt(2)) * MS;
    return new AddressRound(
        "192.0.2." + number,
        ECHOES,
        new Replies(
            received,
            Collections.nCopies(received, rtt),
            received,
            OptionalInt.empty(),
            received == 0 ? Optional.empty() : Optional.of(now)),
        lost == 0 ? Map.of() : Map.of(LossReason.TIMEOUT, lost),
        Strays.NONE,
        lost == 0 ? Optional.empty() : Optional.of(now));
  }

  private List<Integer> someAddresses() {
    if (chance(0.3)) {
      return List.of();
    }
    if (!all) {
      return List.of(random.nextInt(pool));
    }
    if (addresses != null && addresses.size() > 1 && chance(0.5)) {
      return withOneOther(addresses);
    }
    double share = chance(0.5) ? 0.9 : 0.3;
    List<Integer> some =
        new ArrayList<>(IntStream.range(0, pool).filter(i -> chance(share)).boxed().toList());
    if (chance(0.5)) {
      Collections.reverse(some); // the order is no change
    }
    return some;
  }

  private List<Integer> withOneOther(List<Integer> before) {
    List<Integer> rest = new ArrayList<>(IntStream.range(0, pool).boxed().toList());
    rest.removeAll(before);
    List<Integer> others = new ArrayList<>(before);
    if (!rest.isEmpty()) {
      others.set(random.nextInt(others.size()), rest.get(random.nextInt(rest.size())));
    }
    return others;
  }

  private EffectiveThresholds someThresholds() {
    int loss = 1 + random.nextInt(100);
    int recovery = chance(0.5) ? loss : 1 + random.nextInt(loss);
    Optional<Duration> rtt = chance(0.5) ? Optional.of(Duration.ofMillis(4)) : Optional.empty();
    return new EffectiveThresholds(loss, recovery, rtt, 1 + skewed(), 1 + skewed());
  }

  private int skewed() {
    return chance(0.5) ? 0 : random.nextInt(4);
  }

  private boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  private double oneOf(double... values) {
    return values[random.nextInt(values.length)];
  }
}
