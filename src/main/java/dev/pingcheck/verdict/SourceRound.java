package dev.pingcheck.verdict;

import dev.pingcheck.crd.EffectiveThresholds;
import dev.pingcheck.crd.SourceStatus;
import dev.pingcheck.stats.AddressRound;
import dev.pingcheck.stats.Resolution;
import dev.pingcheck.stats.RoundReport;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a round means that the probe of one of several nodes has told of. Each node is judged apart,
 * by its own rounds in a row; a problem of the check opens with the first node that has it and
 * closes with the last.
 *
 * <p>Other addresses than before are no event here: each node has its own view of DNS.
 */
final class SourceRound {
  private final Draft draft;
  private final EffectiveThresholds thresholds;
  private final RoundReport report;
  private final Sources sources;
  private final SourceStatus mine;
  private final boolean isNewsThatItTells;
  private final Course before;
  private final Findings findings;
  private final Instant start;
  private final Instant at;

  SourceRound(Draft draft, EffectiveThresholds thresholds, RoundReport report, String node) {
    this.draft = draft;
    this.thresholds = thresholds;
    this.report = report;
    sources = new Sources(draft.status());
    mine = sources.of(node).map(Sources::copy).orElseGet(SourceStatus::new);
    mine.setNode(node);
    isNewsThatItTells = mine.getRound() == null || Sources.isSilent(mine);
    before = Sources.course(mine);
    findings = new Findings(thresholds, before.open().contains(Problem.LOSS), report);
    start = report.startTime().truncatedTo(ChronoUnit.MILLIS);
    at = Judge.crossingTime(report);
  }

  void judge() {
    boolean isForbidden = report.resolution().state() == Resolution.State.FORBIDDEN;
    Set<Problem> openBefore = draft.outages().open();
    SourceFigures.write(mine, report, findings, draft.period());
    Map<Problem, String> found = findings.problems();
    Course.Turn turn =
        isForbidden
            ? withoutName()
            : before.then(thresholds, found.keySet(), findings.worst().isPresent(), start);
    keep(turn, isForbidden);
    SourceFigures.writeOnTop(draft.status(), mine, report, findings);
    turnOutages(turn);
    boolean wasForbidden = draft.reason(ConditionType.RESOLVED).equals(Forbidden.REASON);
    SourceConditions conditions =
        new SourceConditions(draft, report.resolution().state() == Resolution.State.LITERAL, at);
    forbiddenIfNew(isForbidden);
    conditions.setMeasured();
    restoredIfAllowed(wasForbidden);
    if (!isForbidden) {
      new Damping(draft, thresholds, at).judge(standings(openBefore, found));
    }
    conditions.setHealthy();
    if (isNewsThatItTells || !turn.after().weighsAsMuchAs(before, thresholds)) {
      draft.markUrgent(); // it decides about an event to come: it must outlive a restart
    }
  }

  /** A name whose addresses are forbidden has one; nothing more is known. */
  private Course.Turn withoutName() {
    boolean was = before.open().contains(Problem.UNRESOLVED);
    Set<Problem> rest = Sources.problems(mine);
    rest.remove(Problem.UNRESOLVED);
    return new Course.Turn(
        new Course(before.streak(), rest),
        Map.of(),
        was ? Map.of(Problem.UNRESOLVED, start) : Map.of());
  }

  private void keep(Course.Turn turn, boolean isForbidden) {
    Sources.keep(turn.after().streak(), mine);
    Optional<Problem> gravest = turn.after().open().stream().findFirst();
    mine.setProblems(turn.after().open().stream().map(Problem::reason).toList());
    boolean isKnown = gravest.isPresent() || turn.after().streak().failures() == 0;
    if (isForbidden) {
      mine.setHealthy(null);
      mine.setReason(Forbidden.REASON);
    } else {
      boolean stays = Boolean.TRUE.equals(mine.getHealthy());
      mine.setHealthy(isKnown || stays ? Boolean.valueOf(gravest.isEmpty()) : null);
      mine.setReason(gravest.map(Problem::reason).orElse(null));
    }
    sources.put(mine);
  }

  private void turnOutages(Course.Turn turn) {
    turn.opened().forEach(draft.outages()::open);
    boolean isGood = turn.after().streak().successes() > 0;
    for (Problem problem : draft.outages().open()) {
      if (sources.anyHas(problem)) {
        continue;
      }
      Instant end = turn.closed().get(problem);
      if (end != null) {
        draft.outages().close(problem, end);
      } else if (isGood) {
        draft.outages().close(problem, start); // of a node that is gone
      }
    }
  }

  private void forbiddenIfNew(boolean isForbidden) {
    if (isForbidden) {
      Forbidden.sayIfNew(
          draft, ConditionType.RESOLVED, Forbidden.REASON, from(report.resolution().detail()), at);
    }
  }

  private void restoredIfAllowed(boolean wasForbidden) {
    if (wasForbidden && draft.state(ConditionType.RESOLVED).equals("True")) {
      draft.say(
          EventReason.RESOLUTION_RESTORED,
          at,
          from(Resolving.message(report.resolution(), findings.ranked())));
    }
  }

  private List<Standing> standings(Set<Problem> openBefore, Map<Problem, String> found) {
    List<Standing> standings = new ArrayList<>();
    for (Problem problem : Problem.values()) {
      boolean isOpen = draft.outages().isOpen(problem);
      standings.add(
          new Standing(
              problem.opens(),
              isOpen != openBefore.contains(problem),
              isOpen ? problem.opens() : problem.closes(),
              note(problem, isOpen, found)));
    }
    return standings;
  }

  private String note(Problem problem, boolean isOpen, Map<Problem, String> found) {
    int bad = sources.those(source -> source.getProblems().contains(problem.reason())).size();
    String count = " Bad from " + SourceWords.share(bad, sources.count()) + ".";
    String mineIs =
        isOpen && found.containsKey(problem)
            ? found.get(problem)
            : report.addresses().stream().findFirst().map(this::figures).orElse("No address.");
    return from(mineIs) + count;
  }

  private String figures(AddressRound any) {
    return SourceWords.figures(mine) + ".";
  }

  private String from(String sentence) {
    return "From " + mine.getNode() + ": " + sentence;
  }
}
