package dev.pingcheck.verdict;

import dev.pingcheck.crd.Durations;
import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.crd.SourceStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The sources of a status that is being written, the worst first: those from which something is
 * wrong, those that are silent, those whose addresses are forbidden, those that may become bad, and
 * then by loss and time. The beans are shared with the status before: they are replaced and never
 * changed.
 */
final class Sources {
  private static final Comparator<SourceStatus> WORST_FIRST =
      Comparator.comparingInt(Sources::gravity)
          .thenComparing(Comparator.comparingInt(Sources::loss).reversed())
          .thenComparing(Comparator.comparingLong(Sources::average).reversed())
          .thenComparing(SourceStatus::getNode);

  private final PingCheckStatus status;

  Sources(PingCheckStatus status) {
    this.status = status;
  }

  List<SourceStatus> all() {
    return status.getSources();
  }

  int count() {
    return all().size();
  }

  /** What is known of a node's probe; nothing yet if it is new. */
  Optional<SourceStatus> of(String node) {
    return all().stream().filter(source -> node.equals(source.getNode())).findFirst();
  }

  /** Sets what is known of one node's probe. */
  void put(SourceStatus source) {
    List<SourceStatus> next = new ArrayList<>(all());
    next.removeIf(known -> source.getNode().equals(known.getNode()));
    int at = Collections.binarySearch(next, source, WORST_FIRST); // the others stand in order
    next.add(at < 0 ? -at - 1 : at, source);
    set(next);
  }

  /** Sets what is known of all of them. */
  void replace(Collection<SourceStatus> sources) {
    set(sources.stream().sorted(WORST_FIRST).toList());
  }

  private void set(List<SourceStatus> next) {
    status.setSources(next);
    status.setSourceCount(next.isEmpty() ? null : next.size());
  }

  /** Those that tell something: neither silent nor forbidden to ping. */
  List<SourceStatus> telling() {
    return those(source -> !isSilent(source) && !isForbidden(source));
  }

  List<SourceStatus> those(Predicate<SourceStatus> what) {
    return all().stream().filter(what).toList();
  }

  /** The one whose figures stand on top. */
  Optional<SourceStatus> worst() {
    return telling().stream().findFirst().or(() -> all().stream().findFirst());
  }

  boolean anyHas(Problem problem) {
    return all().stream().anyMatch(source -> source.getProblems().contains(problem.reason()));
  }

  static boolean isSilent(SourceStatus source) {
    return Judge.PROBE_SILENT.equals(source.getReason());
  }

  static boolean isForbidden(SourceStatus source) {
    return Forbidden.REASON.equals(source.getResolved());
  }

  static boolean isBad(SourceStatus source) {
    return !source.getProblems().isEmpty();
  }

  /** What is wrong from there. */
  static Set<Problem> problems(SourceStatus source) {
    Set<Problem> open = EnumSet.noneOf(Problem.class);
    source.getProblems().forEach(reason -> Problem.ofReason(reason).ifPresent(open::add));
    return open;
  }

  static Course course(SourceStatus source) {
    return new Course(streak(source), problems(source));
  }

  static Streak streak(SourceStatus source) {
    return new Streak(
        orZero(source.getConsecutiveFailures()),
        orZero(source.getConsecutiveSuccesses()),
        Optional.ofNullable(source.getStreakStart()));
  }

  static void keep(Streak streak, SourceStatus source) {
    source.setConsecutiveFailures(streak.failures());
    source.setConsecutiveSuccesses(streak.successes());
    source.setStreakStart(streak.start().orElse(null));
  }

  static SourceStatus copy(SourceStatus of) {
    SourceStatus copy = new SourceStatus();
    copy.setNode(of.getNode());
    copy.setAddress(of.getAddress());
    copy.setSent(of.getSent());
    copy.setReceived(of.getReceived());
    copy.setLossPercent(of.getLossPercent());
    copy.setRtt(of.getRtt());
    copy.setHealthy(of.getHealthy());
    copy.setReason(of.getReason());
    copy.setProblems(of.getProblems());
    copy.setResolved(of.getResolved());
    copy.setReachable(of.getReachable());
    copy.setLate(of.getLate());
    copy.setLastRoundTime(of.getLastRoundTime());
    copy.setRound(of.getRound());
    keep(streak(of), copy);
    return copy;
  }

  private static int orZero(Integer number) {
    return number == null ? 0 : number;
  }

  private static int gravity(SourceStatus source) {
    if (isSilent(source)) {
      return 1;
    }
    if (isForbidden(source)) {
      return 2;
    }
    if (isBad(source)) {
      return 0;
    }
    return orZero(source.getConsecutiveFailures()) > 0 ? 3 : 4;
  }

  private static int loss(SourceStatus source) {
    return source.getLossPercent() == null ? -1 : source.getLossPercent();
  }

  private static long average(SourceStatus source) {
    return source.getRtt() == null
        ? 0
        : Durations.parse(source.getRtt()).map(Duration::toNanos).orElse(0L);
  }

  /** The gravest problem that one of them has. */
  static Optional<Problem> gravest(Collection<SourceStatus> sources) {
    Set<Problem> all = EnumSet.noneOf(Problem.class);
    sources.forEach(source -> all.addAll(problems(source)));
    return all.stream().findFirst();
  }

  /** For each reason, who has it; the map is in the order of the reasons. */
  static Map<String, List<SourceStatus>> byReason(
      Collection<SourceStatus> sources, Function<SourceStatus, String> reason) {
    Map<String, List<SourceStatus>> by = new TreeMap<>();
    for (SourceStatus source : sources) {
      String its = reason.apply(source);
      if (its != null) {
        by.computeIfAbsent(its, r -> new ArrayList<>()).add(source);
      }
    }
    return by;
  }
}
