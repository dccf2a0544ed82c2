package dev.pingcheck.verdict;

import dev.pingcheck.stats.AddressRound;
import dev.pingcheck.stats.LossReason;
import dev.pingcheck.stats.Resolution;
import dev.pingcheck.stats.RoundReport;
import dev.pingcheck.verdict.Draft.State;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What one round means for Resolved and Reachable, which follow each round at once. */
final class Resolving {
  private final Draft draft;
  private final RoundReport report;
  private final List<AddressRound> ranked;
  private final Instant at;

  /**
   * @param ranked the addresses of the round, the worst first
   */
  Resolving(Draft draft, RoundReport report, List<AddressRound> ranked) {
    this.draft = draft;
    this.report = report;
    this.ranked = ranked;
    this.at = Judge.crossingTime(report);
  }

  void judge() {
    State resolved =
        switch (report.resolution().state()) {
          case LITERAL -> State.yes("AddressLiteral");
          case RESOLVED -> State.yes("Resolved");
          case STALE -> State.yes("StaleAddress");
          case FAILED -> State.no("ResolutionFailed");
          case FORBIDDEN -> State.no(Forbidden.REASON); // judged there
        };
    draft.condition(ConditionType.RESOLVED, resolved, message(report.resolution(), ranked), at);
    if (ranked.isEmpty()) {
      reachable(State.no("Unresolved"), "The hostname has no address to ping.");
      return;
    }
    AddressRound worst = ranked.getFirst();
    if (worst.received() > 0) {
      reachable(
          State.yes("ReplyReceived"),
          ranked.size() == 1
              ? worst.address() + " replies."
              : "All " + ranked.size() + " addresses reply.");
    } else {
      reachable(
          State.no(unreachable(worst)),
          "None of " + worst.sent() + " echo requests to " + worst.address() + " was answered.");
    }
  }

  private void reachable(State state, String message) {
    draft.condition(ConditionType.REACHABLE, state, message, at);
  }

  /** One sentence on what became of the name. */
  static String message(Resolution resolution, List<AddressRound> ranked) {
    String address =
        switch (ranked.size()) {
          case 0 -> "no address";
          case 1 -> ranked.getFirst().address();
          default -> ranked.size() + " addresses";
        };
    return switch (resolution.state()) {
      case LITERAL -> "The hostname is an address.";
      case RESOLVED ->
          ("The hostname resolves to "
                  + address
                  + "."
                  + leftOut(resolution)
                  + " "
                  + resolution.detail())
              .strip();
      case STALE ->
          "Using %s, known for %d s: %s"
              .formatted(address, resolution.age().toSeconds(), resolution.detail());
      case FAILED, FORBIDDEN -> resolution.detail();
    };
  }

  private static String leftOut(Resolution resolution) {
    int more = resolution.addressesLeftOut();
    return more == 0 ? "" : " " + more + " more of its addresses are not pinged.";
  }

  /** Why nothing came back from an address, as one CamelCase word. */
  static String unreachable(AddressRound nothing) {
    return Figures.reason(mainReason(nothing.lost()));
  }

  private static LossReason mainReason(Map<LossReason, Integer> lost) {
    return lost.entrySet().stream()
        .max(
            Map.Entry.<LossReason, Integer>comparingByValue()
                .thenComparing(Map.Entry.<LossReason, Integer>comparingByKey().reversed()))
        .map(Map.Entry::getKey)
        .orElse(LossReason.TIMEOUT);
  }
}
