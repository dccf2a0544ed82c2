package dev.pingcheck.cli.kubectl;

import dev.pingcheck.crd.Durations;
import dev.pingcheck.crd.Outage;
import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.crd.PingCheckSpec;
import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.crd.RoundStatus;
import dev.pingcheck.crd.SourceStatus;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The page of {@code why}: from the one word that matters down to the details. */
final class Why {
  private static final Map<String, Boolean> WELL =
      Map.of(
          "Accepted",
          true,
          "Resolved",
          true,
          "Reachable",
          true,
          "Healthy",
          true,
          "OnSchedule",
          true);

  private final PingCheck check;
  private final PingCheckSpec spec;
  private final PingCheckStatus status;
  private final Bounds bounds;
  private final Instant now;
  private final List<String> lines = new ArrayList<>();

  private Why(PingCheck check, Instant now) {
    this.check = check;
    this.now = now;
    spec = Objects.requireNonNullElseGet(check.getSpec(), PingCheckSpec::new);
    status = Objects.requireNonNullElseGet(check.getStatus(), PingCheckStatus::new);
    bounds = Bounds.of(check);
  }

  /**
   * The lines, of which the untrusted parts are as they came.
   *
   * @param rounds the last ones
   * @param events the newest first, a line each
   * @param policy what holds in the namespace, a line each
   */
  static List<String> lines(
      PingCheck check, Section rounds, List<String> events, List<String> policy, Instant now) {
    Why why = new Why(check, now);
    why.headline();
    why.section("Conditions", why.conditions());
    why.section("Last round", why.lastRound());
    why.section(rounds.title(), rounds.lines());
    why.section("Nodes", why.nodes());
    why.section("Outages", why.outages());
    why.section("Events", events);
    why.section("Policy", policy);
    why.section("Next", why.next());
    return why.lines;
  }

  private void headline() {
    Prospect prospect = new Prospect(check);
    String state =
        status.condition("Healthy").map(c -> c.getStatus() + since(c)).orElse("Unknown: it is new");
    lines.add(
        "%s/%s pings %s%s. Healthy is %s."
            .formatted(
                check.getMetadata().getNamespace(),
                check.getMetadata().getName(),
                spec.getHostname(),
                status.getAddress() == null || status.getAddress().equals(spec.getHostname())
                    ? ""
                    : " (" + status.getAddress() + ")",
                state));
    prospect
        .decisive()
        .ifPresent(c -> {
          String meaning = ReasonWords.of(c.getReason()).map(w -> w.meaning()).orElse("");
          lines.add((c.getReason() + ": " + meaning).strip());
          String message = Objects.requireNonNullElse(c.getMessage(), "");
          if (!message.isBlank() && !message.equals(meaning)) {
            lines.add(message);
          }
        });
    lines.add(prospect.sentence());
    lines.addAll(prospect.goodRound());
  }

  private String since(Condition condition) {
    return condition.getLastTransitionTime() == null
        ? ""
        : " since " + ago(Instant.parse(condition.getLastTransitionTime()));
  }

  private String ago(Instant time) {
    return TimeSpan.text(Duration.between(time, now));
  }

  private void section(String title, List<String> of) {
    if (!of.isEmpty()) {
      lines.add("");
      lines.add(title);
      of.forEach(line -> lines.add("  " + line));
    }
  }

  private List<String> conditions() {
    return status.getConditions().stream()
        .map(c ->
            "%-10s %-7s %s: %s"
                .formatted(
                    c.getType(),
                    c.getStatus(),
                    c.getReason(),
                    Objects.requireNonNullElse(c.getMessage(), ""))
                .stripTrailing())
        .toList();
  }

  private List<String> lastRound() {
    RoundStatus round = status.getLastRound();
    if (round == null) {
      return List.of();
    }
    List<String> of = new ArrayList<>();
    String age =
        round.getStartTime() == null ? "" : ", begun " + ago(round.getStartTime()) + " ago";
    of.add("%s of %s answered%s".formatted(round.getReceived(), round.getSent(), age));
    if (round.getLossPercent() != null) {
      boolean isBad = bounds.isLossBad(round.getLossPercent());
      int bound = bounds.lossPercent();
      of.add(
          "loss  %d %%: %s"
              .formatted(
                  round.getLossPercent(),
                  isBad
                      ? "too much, less than " + bound + " % is needed"
                      : "good, less than " + bound + " %"));
    }
    if (round.getRtt() != null && round.getRtt().getAvg() != null) {
      of.add("rtt   %s on average%s".formatted(round.getRtt().getAvg(), judged(round)));
    }
    if (round.getLost() != null && !round.getLost().isEmpty()) {
      of.add(
          "lost  "
              + round.getLost().entrySet().stream()
                  .map(each -> each.getValue() + " by " + each.getKey())
                  .collect(Collectors.joining(", ")));
    }
    of.add(
        "rounds in a row: %d bad, %d good"
            .formatted(
                Objects.requireNonNullElse(status.getConsecutiveFailures(), 0),
                Objects.requireNonNullElse(status.getConsecutiveSuccesses(), 0)));
    return of;
  }

  private String judged(RoundStatus round) {
    return bounds
        .thresholds()
        .rtt()
        .map(most -> {
          long avg = Durations.parse(round.getRtt().getAvg()).map(Duration::toNanos).orElse(0L);
          String bound = Durations.exact(most);
          return bounds.isRttBad(avg)
              ? ": too long, at most " + bound + " is good"
              : ": good, at most " + bound;
        })
        .orElse("; it is not judged, as thresholds.rtt is not set");
  }

  private List<String> nodes() {
    return status.getSources().stream().map(this::node).toList();
  }

  private String node(SourceStatus source) {
    String state =
        source.getHealthy() == null ? "unknown" : source.getHealthy() ? "healthy" : "unhealthy";
    return "%s: %s%s, %s of %s answered, %d bad and %d good rounds in a row"
        .formatted(
            source.getNode(),
            state,
            source.getReason() == null ? "" : " by " + source.getReason(),
            Objects.requireNonNullElse(source.getReceived(), 0),
            Objects.requireNonNullElse(source.getSent(), 0),
            Objects.requireNonNullElse(source.getConsecutiveFailures(), 0),
            Objects.requireNonNullElse(source.getConsecutiveSuccesses(), 0));
  }

  private List<String> outages() {
    return status.getOutages().stream().map(this::outage).toList();
  }

  private String outage(Outage outage) {
    return outage.getEnd() == null
        ? "%s since %s, %s ago"
            .formatted(outage.getReason(), outage.getStart(), ago(outage.getStart()))
        : "%s from %s to %s, for %s"
            .formatted(
                outage.getReason(),
                outage.getStart(),
                outage.getEnd(),
                TimeSpan.text(Duration.between(outage.getStart(), outage.getEnd())));
  }

  /** What to do about each condition that is not well, the decisive one first. */
  private List<String> next() {
    Set<String> steps = new LinkedHashSet<>();
    new Prospect(check).decisive().ifPresent(c -> addStep(steps, c));
    status.getConditions().stream()
        .filter(c -> WELL.containsKey(c.getType()))
        .forEach(c -> addStep(steps, c));
    return List.copyOf(steps);
  }

  private static void addStep(Set<String> steps, Condition condition) {
    ReasonWords.of(condition.getReason())
        .map(ReasonWords.Words::next)
        .filter(step -> !step.isEmpty())
        .ifPresent(steps::add);
  }
}
