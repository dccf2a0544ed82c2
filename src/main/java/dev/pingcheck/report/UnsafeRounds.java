package dev.pingcheck.report;

import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.crd.RoundStatus;
import dev.pingcheck.crd.SourceStatus;
import dev.pingcheck.stats.RoundId;
import dev.pingcheck.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The judged rounds of one check that a crash could still lose, in order. Between two that decide
 * about a crossing the last one of each probe stands for those before it, which may be lost: so a
 * check that cannot be written for long takes up few of the reports that its probe may have under
 * way, and the others get through.
 *
 * <p>Not thread safe.
 */
final class UnsafeRounds {

  /**
   * One round, or the last of several.
   *
   * @param decides whether what is told later depends on it
   * @param first the first of those that it stands for, by the same probe
   */
  private record Held(Unsafe round, boolean decides, RoundId first) {
    RoundId last() {
      return round.report().id();
    }

    boolean isToldBy(PingCheckStatus status) {
      Stream<String> ofNodes = status.getSources().stream().map(SourceStatus::getRound);
      Stream<RoundStatus> onTop = Stream.ofNullable(status.getLastRound());
      return Stream.concat(onTop.map(RoundStatus::getId), ofNodes)
          .flatMap(Stream::ofNullable)
          .flatMap(id -> RoundId.read(id).stream())
          .anyMatch(id -> first.isNotAfter(id) && id.isNotAfter(last()));
    }
  }

  private final List<Held> all = new ArrayList<>();

  boolean isEmpty() {
    return all.isEmpty();
  }

  int size() {
    return all.size();
  }

  void add(Unsafe round, Verdict verdict) {
    // A round that is told by one of another probe may have to stand in for it.
    boolean decides = verdict.urgent() || !verdict.news();
    RoundId first = decides ? round.report().id() : follow(round.report().id());
    all.add(new Held(round, decides, first));
  }

  /** Lets go of the round that this one follows; gives the first that it stands for now. */
  private RoundId follow(RoundId id) {
    for (int i = all.size() - 1; i >= 0 && !all.get(i).decides(); i--) {
      if (all.get(i).last().probe().equals(id.probe())) {
        Held before = all.remove(i);
        before.round().safe().run();
        return before.first();
      }
    }
    return id;
  }

  /** All of them are stored. */
  void safe() {
    takeAll().forEach(round -> round.safe().run());
  }

  /** Empties this without calling any of them safe. */
  List<Unsafe> takeAll() {
    List<Unsafe> taken = all.stream().map(Held::round).toList();
    all.clear();
    return taken;
  }

  /**
   * Empties this, calls safe what a stored status tells of, and gives the rest: a write may have
   * gone through though its answer was lost, with any round that was the last one then.
   */
  List<Unsafe> takeUntoldBy(PingCheckStatus stored) {
    int told = 0;
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).isToldBy(stored)) {
        told = i + 1;
      }
    }
    List<Unsafe> rounds = takeAll();
    rounds.subList(0, told).forEach(round -> round.safe().run());
    return rounds.subList(told, rounds.size());
  }
}
