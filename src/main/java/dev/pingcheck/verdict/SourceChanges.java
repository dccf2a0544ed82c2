package dev.pingcheck.verdict;

import dev.pingcheck.crd.SourceStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Nodes that leave, and nodes whose probe has fallen silent. What was wrong from a silent one stays
 * so, as nothing more is known of it; with one that leaves it goes. The event is said when the
 * first node falls silent, and when the last one does.
 */
final class SourceChanges {
  private final Draft draft;
  private final Sources sources;
  private final Instant at;

  SourceChanges(Draft draft, Instant at) {
    this.draft = draft;
    this.at = at;
    sources = new Sources(draft.status());
  }

  /**
   * @return whether anything has changed
   */
  boolean judge(Set<String> silent, Set<String> gone) {
    int silentBefore = sources.those(Sources::isSilent).size();
    boolean wereAll = silentBefore == sources.count();
    List<SourceStatus> next = new ArrayList<>();
    boolean changed = false;
    for (SourceStatus source : sources.all()) {
      boolean goes = gone.contains(source.getNode());
      boolean falls = silent.contains(source.getNode()) && !Sources.isSilent(source);
      changed |= goes || falls;
      if (!goes) {
        next.add(falls ? silenced(source) : source);
      }
    }
    for (String node : silent) {
      if (!gone.contains(node) && sources.of(node).isEmpty()) {
        SourceStatus never = new SourceStatus();
        never.setNode(node);
        next.add(silenced(never));
        changed = true;
      }
    }
    if (!changed) {
      return false;
    }
    sources.replace(next);
    draft.markUrgent();
    if (sources.count() > 0) {
      tell(silentBefore, wereAll);
    } else {
      Streak.NONE.writeTo(draft.status());
    }
    return true;
  }

  private void tell(int silentBefore, boolean wereAll) {
    List<SourceStatus> now = sources.those(Sources::isSilent);
    boolean areAll = now.size() == sources.count();
    SourceStatus worst = sources.worst().orElseThrow();
    Sources.streak(worst).writeTo(draft.status());
    SourceFigures.writeOnTop(draft.status(), worst);
    boolean isLiteral = draft.reason(ConditionType.RESOLVED).equals(SourceConditions.LITERAL);
    SourceConditions conditions = new SourceConditions(draft, isLiteral, at);
    conditions.setMeasured();
    conditions.setHealthy();
    if ((silentBefore == 0 && !now.isEmpty()) || (areAll && !wereAll)) {
      draft.say(EventReason.PROBE_SILENT, at, SourceWords.silent(now, sources.count()));
    }
  }

  private static SourceStatus silenced(SourceStatus source) {
    SourceStatus silent = Sources.copy(source);
    silent.setHealthy(null);
    silent.setReason(Judge.PROBE_SILENT);
    return silent;
  }
}
