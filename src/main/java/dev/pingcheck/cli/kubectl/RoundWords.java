package dev.pingcheck.cli.kubectl;

import dev.pingcheck.cli.kubectl.RoundMemory.Slot;
import dev.pingcheck.crd.Durations;
import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.crd.PingCheckSpec;
import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.stats.Loss;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The last rounds of a check, a line each, and what is bad of them. */
final class RoundWords {
  private static final int MOST = 10;
  private static final String TITLE = "Last rounds";

  private final PingCheck check;
  private final Bounds bounds;
  private final Instant now;

  private RoundWords(PingCheck check, Instant now) {
    this.check = check;
    this.bounds = Bounds.of(check);
    this.now = now;
  }

  /** The newest first; or a sentence on why they cannot be seen. */
  static Section of(PingCheck check, LastRounds rounds, Instant now) {
    return new RoundWords(check, now).section(rounds);
  }

  private Section section(LastRounds rounds) {
    Optional<String> silent = rounds.silent().stream().findFirst();
    List<Slot> slots = rounds.memory().slots();
    if (slots.isEmpty()) {
      return new Section(
          TITLE,
          List.of(
              silent
                  .map(why -> "You cannot see them: " + why + ".")
                  .orElse(
                      "No round has ended since the operator that remembers them began to lead.")));
    }
    List<String> lines = new ArrayList<>();
    slots.reversed().stream().limit(MOST).map(this::line).forEach(lines::add);
    silent.ifPresent(why -> lines.add("A pod that may know newer ones is silent: " + why + "."));
    return new Section(title(rounds.memory().width()), lines);
  }

  private String title(Duration width) {
    return TITLE
        + ", the newest first"
        + (mayShare(width)
            ? "; each line is the rounds of %d s together".formatted(width.toSeconds())
            : "")
        + (mayShare(width) || isOfSeveralAddresses()
            ? ", in which a bad address, node or round may not show"
            : "");
  }

  private boolean isOfSeveralAddresses() {
    return check.getSpec() != null
        && ("All".equals(check.getSpec().getAddresses())
            || "DualStack".equals(check.getSpec().getIpFamily()));
  }

  /** Whether several rounds may begin within one slot. */
  private boolean mayShare(Duration width) {
    PingCheckStatus status = Objects.requireNonNullElseGet(check.getStatus(), PingCheckStatus::new);
    PingCheckSpec spec = Objects.requireNonNullElseGet(check.getSpec(), PingCheckSpec::new);
    boolean isOfNodes = spec.getFrom() != null && !spec.getFrom().getNodeSelector().isEmpty();
    return isOfNodes
        || Optional.ofNullable(status.getPeriod())
            .flatMap(Durations::parse)
            .filter(period -> period.compareTo(width) >= 0)
            .isEmpty();
  }

  private String line(Slot slot) {
    String ago = "%6s ago  ".formatted(TimeSpan.text(Duration.between(slot.start(), now)));
    if (slot.sent() == 0) {
      return ago + "no address, nothing sent";
    }
    int percent = Loss.percent(slot.sent(), slot.received());
    String times =
        slot.rtt()
            .map(rtt ->
                "rtt %s median, %s max"
                    .formatted(Durations.format(rtt.median()), Durations.format(rtt.max())))
            .orElse(slot.received() == 0 ? "no reply" : "no time known, as a clock was set");
    return ago
        + "%d of %d answered, loss %3d %%, %s%s"
            .formatted(slot.received(), slot.sent(), percent, times, bad(slot, percent));
  }

  private String bad(Slot slot, int percent) {
    List<String> bad = new ArrayList<>();
    if (bounds.isLossBad(percent)) {
      bad.add("loss");
    }
    if (slot.average().filter(bounds::isRttBad).isPresent()) {
      bad.add("rtt");
    }
    return bad.isEmpty() ? "" : "; bad: " + String.join(" and ", bad);
  }
}
