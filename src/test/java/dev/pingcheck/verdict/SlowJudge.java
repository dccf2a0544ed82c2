package dev.pingcheck.verdict;

import dev.pingcheck.crd.EffectiveThresholds;
import dev.pingcheck.stats.AddressRound;
import dev.pingcheck.stats.RoundId;
import dev.pingcheck.stats.RoundReport;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The oracle: docs/conditions-and-events.md once more, in other words and with no thought of cost.
 * It keeps everything that ever happened and looks back through it for each answer.
 */
final class SlowJudge {

  /**
   * What is right after a step.
   *
   * @param events the reasons of those that the step says, each with its time
   * @param healthy status and reason of the condition
   * @param outages each as reason, start and end, the newest first
   * @param failures bad rounds in a row
   */
  record Answer(Set<String> events, String healthy, List<String> outages, int failures) {}

  private record Past(
      RoundId id, long generation, Instant start, Set<String> addresses, boolean bad) {}

  private static final class Trouble {
    private final String reason;
    private final Instant start;
    private Instant end;

    Trouble(String reason, Instant start) {
      this.reason = reason;
      this.start = start;
    }
  }

  private static final String LOSS = "LossThresholdExceeded";
  private static final String RTT = "RttThresholdExceeded";
  private static final String NAME = "ResolutionFailed";
  private static final List<String> GRAVEST_FIRST = List.of(NAME, LOSS, RTT);

  /** Of each node; the name is empty where the check names none. */
  private final TreeMap<String, List<Past>> past = new TreeMap<>();

  private final TreeMap<String, Set<String>> wrongFrom = new TreeMap<>();
  private final Set<String> silent = new TreeSet<>();
  private final List<Trouble> troubles = new ArrayList<>();
  private final TreeMap<String, List<Instant>> crossings = new TreeMap<>();
  private final Set<String> flapping = new TreeSet<>();
  private Step.Accepted spec;
  private long generation;
  private String healthy = "";
  private Set<String> events;

  static List<Answer> answers(List<Step> steps) {
    SlowJudge judge = new SlowJudge();
    return steps.stream().map(judge::answer).toList();
  }

  private Answer answer(Step step) {
    events = new TreeSet<>();
    switch (step) {
      case Step.Accepted accepted -> accept(accepted);
      case Step.Suspended suspended -> {
        generation = suspended.generation();
        healthy = "Unknown/Suspended";
      }
      case Step.Silence silence -> silence(silence.at());
      case Step.Changed changed -> change(changed);
      case Step.Round round -> {
        if (!isKnown(round)) {
          round(round.report(), round.node());
        }
      }
    }
    return new Answer(events, healthy, outages(), past.containsKey("") ? badInARow("") : 0);
  }

  private void accept(Step.Accepted next) {
    if (spec != null && !spec.target().equals(next.target())) {
      past.clear();
      wrongFrom.clear();
      silent.clear();
      troubles.clear();
      crossings.clear();
      flapping.clear();
      healthy = "";
    }
    if (healthy.isEmpty() || healthy.endsWith("/Suspended")) {
      healthy = "Unknown/Pending";
    }
    spec = next;
    generation = next.generation();
  }

  private void silence(Instant at) {
    if (!healthy.equals("Unknown/ProbeSilent")) {
      say("ProbeSilent", at);
    }
    healthy = "Unknown/ProbeSilent";
  }

  /** Two probes may ping a check while one hands it over: the first to tell is heard. */
  private boolean isKnown(Step.Round round) {
    List<Past> its = past.getOrDefault(round.node(), List.of());
    boolean isSilent =
        round.node().isEmpty() ? healthy.endsWith("/ProbeSilent") : silent.contains(round.node());
    if (its.isEmpty() || isSilent) {
      return false;
    }
    Past last = its.getLast();
    Instant start = round.report().startTime().truncatedTo(ChronoUnit.MILLIS);
    return !last.id().probe().equals(round.report().id().probe())
        && Duration.between(last.start(), start).compareTo(spec.period().dividedBy(2)) < 0;
  }

  private void change(Step.Changed changed) {
    Set<String> before = new TreeSet<>(past.keySet());
    Set<String> silentBefore = new TreeSet<>(silent);
    changed
        .gone()
        .forEach(node -> {
          past.remove(node);
          wrongFrom.remove(node);
          silent.remove(node);
        });
    for (String node : changed.silent()) {
      if (!changed.gone().contains(node)) {
        past.computeIfAbsent(node, n -> new ArrayList<>());
        silent.add(node);
      }
    }
    boolean nothingNew = before.equals(past.keySet()) && silentBefore.equals(silent);
    if (past.isEmpty() || nothingNew) {
      return;
    }
    boolean isFirst = silentBefore.isEmpty() && !silent.isEmpty();
    boolean isLast = silent.equals(past.keySet()) && !silentBefore.equals(before);
    if (isFirst || isLast) {
      say("ProbeSilent", changed.at());
    }
    healthy = healthy();
  }

  private void round(RoundReport report, String node) {
    final Instant at = report.endTime().truncatedTo(ChronoUnit.MILLIS);
    final Instant start = report.startTime().truncatedTo(ChronoUnit.MILLIS);
    final Set<String> turned = new TreeSet<>();
    Set<String> wrong = wrong(report, node);
    Set<String> held = wrongFrom.computeIfAbsent(node, n -> new TreeSet<>());
    silent.remove(node);
    final boolean wasBadEnough = badInARow(node) >= spec.thresholds().failureThreshold();
    Set<String> addresses =
        report.addresses().stream().map(AddressRound::address).collect(Collectors.toSet());
    boolean isSole = node.isEmpty();
    if (isSole && !addresses.isEmpty() && !addresses.equals(lastAddresses(addresses))) {
      turned.add("AddressChanged");
    }
    past.computeIfAbsent(node, n -> new ArrayList<>())
        .add(new Past(report.id(), generation, start, addresses, !wrong.isEmpty()));

    if (badInARow(node) >= spec.thresholds().failureThreshold()) {
      for (String reason : wrong) {
        if (held.add(reason) && !isOpen(reason)) {
          begin(reason, wasBadEnough ? start : startOfRow(node, badInARow(node)));
          turned.add(reason);
        }
      }
    }
    Instant end = goodInARow(node) > 0 ? startOfRow(node, goodInARow(node)) : start;
    boolean allClear = goodInARow(node) >= spec.thresholds().successThreshold();
    boolean another = !addresses.isEmpty() && (held.contains(LOSS) || held.contains(RTT));
    for (String reason : GRAVEST_FIRST) {
      boolean was = held.contains(reason);
      if (was && (allClear || (another && reason.equals(NAME)))) {
        held.remove(reason);
      }
      boolean isAnywhere = wrongFrom.values().stream().anyMatch(of -> of.contains(reason));
      boolean isLeftBehind = !was && wrong.isEmpty() && !node.isEmpty();
      if (isOpen(reason) && !isAnywhere && (was || isLeftBehind)) {
        end(reason, allClear && was ? end : start);
        turned.add(reason);
      }
    }
    for (String kind : List.of(NAME, LOSS, RTT, "AddressChanged")) {
      if (!kind.equals("AddressChanged") || (isSole && !addresses.isEmpty())) {
        tell(kind, turned.contains(kind), at);
      }
    }
    healthy = healthy();
  }

  private Set<String> wrong(RoundReport report, String node) {
    Set<String> wrong = new TreeSet<>();
    EffectiveThresholds limits = spec.thresholds();
    if (report.addresses().isEmpty()) {
      wrong.add(NAME);
    }
    for (AddressRound address : report.addresses()) {
      boolean isLossy = wrongFrom.getOrDefault(node, Set.of()).contains(LOSS);
      int bound = isLossy ? limits.recoveryLossPercent() : limits.lossPercent();
      if (address.lossPercent() >= bound) {
        wrong.add(LOSS);
      }
      boolean isSlow =
          limits.rtt().isPresent()
              && address.rtt().isPresent()
              && address.rtt().get().avg() > limits.rtt().get().toNanos();
      if (isSlow) {
        wrong.add(RTT);
      }
    }
    return wrong;
  }

  private Set<String> lastAddresses(Set<String> otherwise) {
    List<Past> all = past.getOrDefault("", List.of());
    for (int i = all.size() - 1; i >= 0; i--) {
      if (!all.get(i).addresses().isEmpty()) {
        return all.get(i).addresses();
      }
    }
    return otherwise;
  }

  private int badInARow(String node) {
    return inARow(node, true);
  }

  private int goodInARow(String node) {
    return inARow(node, false);
  }

  /** Rounds of one generation alone: those of another do not count. */
  private int inARow(String node, boolean bad) {
    int count = 0;
    List<Past> all = past.getOrDefault(node, List.of());
    for (int i = all.size() - 1; i >= 0; i--) {
      Past round = all.get(i);
      if (round.bad() != bad || round.generation() != generation) {
        break;
      }
      count++;
    }
    return count;
  }

  private Instant startOfRow(String node, int length) {
    List<Past> all = past.get(node);
    return all.get(all.size() - length).start();
  }

  private boolean isOpen(String reason) {
    return troubles.stream().anyMatch(t -> t.reason.equals(reason) && t.end == null);
  }

  private void begin(String reason, Instant start) {
    troubles.addFirst(new Trouble(reason, start));
    List<Trouble> over = troubles.stream().filter(t -> t.end != null).toList();
    if (troubles.size() > 5) {
      troubles.remove(over.getLast());
    }
  }

  private void end(String reason, Instant end) {
    for (Trouble trouble : troubles) {
      if (trouble.reason.equals(reason) && trouble.end == null) {
        trouble.end = end.isBefore(trouble.start) ? trouble.start : end;
      }
    }
  }

  private void tell(String kind, boolean turned, Instant at) {
    List<Instant> times = crossings.computeIfAbsent(kind, k -> new ArrayList<>());
    String state =
        switch (kind) {
          case LOSS -> isOpen(LOSS) ? LOSS : "LossRecovered";
          case RTT -> isOpen(RTT) ? RTT : "RttRecovered";
          case NAME -> isOpen(NAME) ? NAME : "ResolutionRestored";
          default -> kind;
        };
    boolean wasFlapping = flapping.contains(kind);
    if (wasFlapping) {
      Instant last = times.getLast();
      boolean clockWasSetBack = at.isBefore(last);
      if (clockWasSetBack || Duration.between(last, at).compareTo(window()) >= 0) {
        flapping.remove(kind);
        times.clear();
        say("FlappingStopped", at);
        say(state, at);
      }
    }
    if (turned) {
      if (times.stream().anyMatch(at::isBefore)) {
        times.clear();
      }
      times.add(at);
      boolean isSaid = wasFlapping;
      if (!wasFlapping && inWindow(times, at) >= 6) {
        flapping.add(kind);
        say("FlappingStarted", at);
        isSaid = true;
      }
      if (!isSaid) {
        say(state, at);
      }
    }
  }

  private long inWindow(Collection<Instant> times, Instant at) {
    return times.stream().filter(t -> !t.isBefore(at.minus(window()))).count();
  }

  private Duration window() {
    EffectiveThresholds limits = spec.thresholds();
    long rounds = 10L * (limits.failureThreshold() + limits.successThreshold());
    long seconds = Math.clamp(spec.period().toSeconds() * rounds, 600, 3600);
    return Duration.ofSeconds(seconds);
  }

  private String healthy() {
    Set<String> told = new TreeSet<>();
    Set<String> lastWords = new TreeSet<>();
    wrongFrom.forEach((node, its) -> (silent.contains(node) ? lastWords : told).addAll(its));
    for (String reason : GRAVEST_FIRST) {
      if (told.contains(reason)) {
        return "False/" + reason;
      }
    }
    if (!lastWords.isEmpty() || silent.equals(past.keySet())) {
      return "Unknown/ProbeSilent";
    }
    for (String reason : GRAVEST_FIRST) {
      if (isOpen(reason)) {
        return "False/" + reason;
      }
    }
    boolean isAnyBad =
        past.keySet().stream().anyMatch(node -> !silent.contains(node) && badInARow(node) > 0);
    if (isAnyBad && !healthy.startsWith("True/")) {
      return "Unknown/Pending";
    }
    return silent.isEmpty() ? "True/WithinThresholds" : "True/SomeProbesSilent";
  }

  private void say(String reason, Instant at) {
    events.add(reason + "@" + at);
  }

  private List<String> outages() {
    return troubles.stream().map(t -> t.reason + " " + t.start + " " + t.end).toList();
  }
}
