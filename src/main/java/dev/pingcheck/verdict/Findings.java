package dev.pingcheck.verdict;

import dev.pingcheck.crd.EffectiveThresholds;
import dev.pingcheck.stats.AddressRound;
import dev.pingcheck.stats.RoundReport;
import dev.pingcheck.stats.RttSummary;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What is wrong in one round, each address held against the thresholds by itself. */
final class Findings {

  /** So many bad addresses are named in a sentence; the rest are counted. */
  private static final int NAMED = 3;

  /** One address's round with what is costly to work out again. */
  private record Judged(
      AddressRound round, int loss, long average, boolean isLossy, boolean isSlow) {}

  /** Equally bad ones keep the order of the resolution: the sort is stable. */
  private static final Comparator<Judged> WORST_FIRST =
      Comparator.comparing(Judged::isLossy)
          .thenComparing(Judged::isSlow)
          .thenComparing(Judged::loss)
          .thenComparing(Judged::average)
          .reversed();

  private final EffectiveThresholds thresholds;
  private final boolean lossIsOpen;
  private final RoundReport report;
  private final List<Judged> ranked;

  /**
   * @param lossIsOpen whether the check is unhealthy by loss already, so that the level of recovery
   *     holds, for whichever address
   */
  Findings(EffectiveThresholds thresholds, boolean lossIsOpen, RoundReport report) {
    this.thresholds = thresholds;
    this.lossIsOpen = lossIsOpen;
    this.report = report;
    this.ranked = report.addresses().stream().map(this::judged).sorted(WORST_FIRST).toList();
  }

  private Judged judged(AddressRound round) {
    int loss = round.lossPercent();
    long average = round.rtt().map(RttSummary::avg).orElse(0L);
    return new Judged(
        round, loss, average, thresholds.isLossBad(loss, lossIsOpen), thresholds.isRttBad(average));
  }

  /** The addresses, the worst first: bad by loss, bad by time, then the greater figures. */
  List<AddressRound> ranked() {
    return ranked.stream().map(Judged::round).toList();
  }

  /** The address that stands for all; none if the name has none. */
  Optional<AddressRound> worst() {
    return ranked.stream().findFirst().map(Judged::round);
  }

  /** What is wrong with each address, in the order of {@link #ranked()}. */
  List<Optional<Problem>> problemsByRank() {
    return ranked.stream()
        .map(judged -> {
          if (judged.isLossy()) {
            return Optional.of(Problem.LOSS);
          }
          return judged.isSlow() ? Optional.of(Problem.RTT) : Optional.<Problem>empty();
        })
        .toList();
  }

  /** Each problem of the round with a sentence; empty for a good round. */
  Map<Problem, String> problems() {
    Map<Problem, String> found = new EnumMap<>(Problem.class);
    if (ranked.isEmpty()) {
      found.put(Problem.UNRESOLVED, report.resolution().detail());
    }
    List<Judged> lossy = ranked.stream().filter(Judged::isLossy).toList();
    if (!lossy.isEmpty()) {
      found.put(Problem.LOSS, ranked.size() == 1 ? loss(ranked.getFirst()) : loss(lossy));
    }
    List<Judged> slow =
        ranked.stream()
            .filter(Judged::isSlow)
            .sorted(Comparator.comparing(Judged::average).reversed())
            .toList();
    if (!slow.isEmpty()) {
      found.put(Problem.RTT, ranked.size() == 1 ? rtt(ranked.getFirst()) : rtt(slow));
    }
    return found;
  }

  private String loss(Judged one) {
    AddressRound round = one.round();
    return "%d of %d echo requests to %s were lost (%d %%); %s."
        .formatted(lost(round), round.sent(), round.address(), one.loss(), lossLevel());
  }

  private String loss(List<Judged> lossy) {
    return "%d of %d addresses lose too much: %s; %s."
        .formatted(
            lossy.size(),
            ranked.size(),
            named(
                lossy,
                j ->
                    "%s lost %d of %d (%d %%)"
                        .formatted(
                            j.round().address(), lost(j.round()), j.round().sent(), j.loss())),
            lossLevel());
  }

  private String lossLevel() {
    return lossIsOpen && thresholds.recoveryLossPercent() < thresholds.lossPercent()
        ? "it recovers below " + thresholds.recoveryLossPercent() + " %"
        : "the threshold is " + thresholds.lossPercent() + " %";
  }

  private String rtt(Judged one) {
    return "The average round-trip time to %s is %s; %s."
        .formatted(one.round().address(), Figures.duration(one.average()), rttLevel());
  }

  private String rtt(List<Judged> slow) {
    return "%d of %d addresses answer too slowly: %s; %s."
        .formatted(
            slow.size(),
            ranked.size(),
            named(slow, j -> j.round().address() + " in " + Figures.duration(j.average())),
            rttLevel());
  }

  private String rttLevel() {
    return "the threshold is " + Figures.duration(thresholds.rtt().orElseThrow().toNanos());
  }

  private static int lost(AddressRound round) {
    return round.sent() - round.received();
  }

  private static String named(List<Judged> bad, Function<Judged, String> sentence) {
    String first = bad.stream().limit(NAMED).map(sentence).collect(Collectors.joining(", "));
    return bad.size() <= NAMED ? first : first + " and " + (bad.size() - NAMED) + " more";
  }
}
