package dev.pingcheck.verdict;

import dev.pingcheck.crd.EffectiveThresholds;
import dev.pingcheck.crd.PingedAddresses;
import dev.pingcheck.stats.AddressRound;
import dev.pingcheck.stats.RoundReport;
import dev.pingcheck.verdict.Draft.State;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one round means for Healthy, the outages and the crossings. The rules:
 *
 * <ul>
 *   <li>A round is bad when its name has no address, or when the loss or the average time of any
 *       address is bad.
 *   <li>Problems open and close as {@link Course} says.
 *   <li>Healthy is False while a problem is open. It is True after a good round otherwise; a bad
 *       round below the threshold leaves it as it was.
 * </ul>
 */
final class Health {
  private final Draft draft;
  private final OutageLog outages;
  private final EffectiveThresholds thresholds;
  private final RoundReport report;
  private final Findings findings;
  private final Map<Problem, String> found;
  private final Instant start;
  private final Instant at;

  Health(Draft draft, EffectiveThresholds thresholds, RoundReport report, Findings findings) {
    this.draft = draft;
    this.outages = draft.outages();
    this.thresholds = thresholds;
    this.report = report;
    this.findings = findings;
    this.found = findings.problems();
    this.start = report.startTime().truncatedTo(ChronoUnit.MILLIS);
    this.at = Judge.crossingTime(report);
  }

  void judge() {
    Set<Problem> before = outages.open();
    turn();
    List<Standing> standings = new ArrayList<>();
    for (Problem problem : Problem.values()) {
      boolean isOpen = outages.isOpen(problem);
      boolean crossed = isOpen != before.contains(problem);
      standings.add(
          new Standing(
              problem.opens(),
              crossed,
              isOpen ? problem.opens() : problem.closes(),
              note(problem)));
    }
    addresses().ifPresent(standings::add);
    new Damping(draft, thresholds, at).judge(standings);
    healthy();
  }

  private void turn() {
    Course before = new Course(Streak.of(draft.status()), outages.open());
    Course.Turn turn = before.then(thresholds, found.keySet(), findings.worst().isPresent(), start);
    turn.after().streak().writeTo(draft.status());
    turn.opened().forEach(outages::open);
    turn.closed().forEach(outages::close);
    if (!turn.after().weighsAsMuchAs(before, thresholds)) {
      draft.markUrgent(); // the streak decides about a crossing: it must outlive a restart
    }
  }

  private String note(Problem problem) {
    if (outages.isOpen(problem)) {
      return found.getOrDefault(problem, progress());
    }
    if (problem == Problem.UNRESOLVED) {
      return Resolving.message(report.resolution(), findings.ranked());
    }
    return found.isEmpty() ? goodSentence() : progress();
  }

  private Optional<Standing> addresses() {
    if (report.addresses().isEmpty()) {
      return Optional.empty(); // back to the same after this is no change
    }
    PingedAddresses now =
        AddressMemory.of(report.addresses().stream().map(AddressRound::address).toList());
    PingedAddresses before = draft.status().getPinged();
    boolean isFirst = before == null;
    boolean changed = !isFirst && !AddressMemory.areTheSame(before, now);
    if (isFirst || changed) {
      draft.status().setPinged(now);
      draft.markUrgent();
    }
    return Optional.of(
        new Standing(
            EventReason.ADDRESS_CHANGED,
            changed,
            EventReason.ADDRESS_CHANGED,
            changed ? AddressMemory.change(before, now) : AddressMemory.state(now)));
  }

  private void healthy() {
    Optional<Problem> gravest = outages.gravestOpen();
    State state;
    String message;
    if (gravest.isPresent()) {
      state = State.no(gravest.get().reason());
      message =
          found.getOrDefault(
              gravest.get(), found.values().stream().findFirst().orElseGet(this::progress));
    } else if (found.isEmpty()) {
      state = State.yes("WithinThresholds");
      message = goodSentence();
    } else {
      boolean was = draft.state(ConditionType.HEALTHY).equals("True");
      state = was ? State.yes("WithinThresholds") : State.unknown("Pending");
      message = progress();
    }
    draft.condition(ConditionType.HEALTHY, state, message + Damping.note(draft.status()), at);
  }

  /** How far the rounds in a row have come. */
  private String progress() {
    Streak streak = Streak.of(draft.status());
    return streak.failures() > 0
        ? "Bad rounds in a row: %d of the %d that degrade."
            .formatted(streak.failures(), thresholds.failureThreshold())
        : "Good rounds in a row: %d of the %d that recover."
            .formatted(streak.successes(), thresholds.successThreshold());
  }

  private String goodSentence() {
    int others = findings.ranked().size() - 1;
    return findings
        .worst()
        .map(r ->
            "%d of %d echo requests to %s were answered%s."
                .formatted(
                    r.received(),
                    r.sent(),
                    r.address(),
                    others == 0 ? "" : ", the worst of " + (others + 1) + " addresses"))
        .orElse("The last round was good.");
  }
}
