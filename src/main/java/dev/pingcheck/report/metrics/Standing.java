package dev.pingcheck.report.metrics;

import dev.pingcheck.crd.OneOffMark;
import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.crd.SourceStatus;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What a status says in a word each. Thousands of checks share the few that there are.
 *
 * @param conditions {@code true}, {@code false} or {@code unknown} by the type of the condition
 * @param silence why nothing is heard of the check although something should be: {@code
 *     probe_silent} or {@code no_probe}, or {@code some_probes_silent} if others are heard; else
 *     empty
 * @param problems what makes it unhealthy: {@code loss}, {@code rtt}, {@code unresolved}
 * @param flapping whether its crossings raise no events, as they are too many
 */
record Standing(
    Map<String, String> conditions, String silence, Set<String> problems, boolean flapping) {
  static final Standing NONE = new Standing(Map.of(), "", Set.of(), false);

  private static final String HEALTHY = "Healthy";
  private static final String PROBE_SILENT = "ProbeSilent";
  private static final Map<String, String> SILENCES =
      Map.of(PROBE_SILENT, "probe_silent", "NoProbe", "no_probe");
  private static final Map<String, String> PROBLEMS =
      Map.of(
          "LossThresholdExceeded", "loss",
          "RttThresholdExceeded", "rtt",
          "ResolutionFailed", "unresolved");

  private static final Map<Standing, Standing> SHARED = new ConcurrentHashMap<>();

  /** Of a one-off check nothing: somebody looks at it, and nobody is to be paged. */
  static Standing of(ObjectMeta check, PingCheckStatus status) {
    return OneOffMark.isOn(check) ? NONE : SHARED.computeIfAbsent(of(status), first -> first);
  }

  private static Standing of(PingCheckStatus status) {
    Map<String, String> conditions = new TreeMap<>();
    String reason = "";
    for (Condition condition : status.getConditions()) {
      conditions.put(condition.getType(), condition.getStatus().toLowerCase(Locale.ROOT));
      if (condition.getType().equals(HEALTHY)) {
        reason = condition.getReason();
      }
    }
    String healthy = conditions.getOrDefault(HEALTHY, "unknown");
    // A check that is suspended, refused or silent keeps what was wrong, for when it goes on.
    boolean isJudged = !healthy.equals("unknown");
    return new Standing(
        Map.copyOf(conditions),
        silence(status, reason, isJudged),
        healthy.equals("false") ? problems(status) : Set.of(),
        isJudged && status.getTurns().stream().anyMatch(turns -> turns.getFlappingSince() != null));
  }

  private static String silence(PingCheckStatus status, String reason, boolean isJudged) {
    long silent = status.getSources().stream().filter(Standing::isSilent).count();
    boolean someTell = silent > 0 && silent < status.getSources().size();
    return someTell && (isJudged || reason.equals(PROBE_SILENT))
        ? "some_probes_silent"
        : SILENCES.getOrDefault(reason, "");
  }

  private static boolean isSilent(SourceStatus source) {
    return PROBE_SILENT.equals(source.getReason());
  }

  private static Set<String> problems(PingCheckStatus status) {
    return status.getOutages().stream()
        .filter(outage -> outage.getEnd() == null)
        .filter(outage -> PROBLEMS.containsKey(outage.getReason()))
        .map(outage -> PROBLEMS.get(outage.getReason()))
        .collect(Collectors.toUnmodifiableSet());
  }
}
