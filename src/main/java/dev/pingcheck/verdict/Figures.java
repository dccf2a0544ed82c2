package dev.pingcheck.verdict;

import dev.pingcheck.crd.AddressStatus;
import dev.pingcheck.crd.Durations;
import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.crd.RoundStatus;
import dev.pingcheck.crd.RttStatus;
import dev.pingcheck.stats.AddressRound;
import dev.pingcheck.stats.LossReason;
import dev.pingcheck.stats.Replies;
import dev.pingcheck.stats.RoundReport;
import dev.pingcheck.stats.RttSummary;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Writes the figures of a round into a status; the worst address stands on top. */
final class Figures {

  /** More addresses than this would make the status a burden; the worst are kept. */
  private static final int MAX_ADDRESSES = 16;

  private Figures() {}

  static void write(PingCheckStatus status, RoundReport report, Findings findings) {
    Optional<AddressRound> worst = findings.worst();
    int count = report.addresses().size();
    boolean isOne = count < 2;
    status.setLastRound(lastRound(report, worst));
    status.setAddress(worst.map(AddressRound::address).orElse(null));
    status.setAddressCount(isOne ? null : count);
    status.setAddresses(isOne ? List.of() : addresses(findings));
    writeTimes(status, report);
  }

  /** When something was last lost, and last came back. */
  static void writeTimes(PingCheckStatus status, RoundReport report) {
    latest(report, AddressRound::lastTimeout).ifPresent(status::setLastTimeoutTime);
    latest(report, AddressRound::lastReply).ifPresent(status::setLastReplyTime);
  }

  /** A duration of so many nanoseconds as it stands in a status, such as {@code 1.234ms}. */
  static String duration(long nanos) {
    return Durations.format(nanos);
  }

  /** {@code HOST_UNREACHABLE} as Kubernetes writes reasons: {@code HostUnreachable}. */
  static String reason(LossReason reason) {
    StringBuilder text = new StringBuilder();
    for (String word : reason.name().split("_", -1)) {
      text.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return text.toString();
  }

  private static RoundStatus lastRound(RoundReport report, Optional<AddressRound> worst) {
    RoundStatus round = new RoundStatus();
    round.setId(report.id().toString());
    round.setStartTime(report.startTime().truncatedTo(ChronoUnit.MILLIS));
    round.setSent(worst.map(AddressRound::sent).orElse(0));
    round.setReceived(worst.map(AddressRound::received).orElse(0));
    // A name without an address answers nothing, but nothing was sent that could be lost.
    worst.ifPresent(w -> round.setLossPercent(w.lossPercent()));
    worst.ifPresent(w -> round.setLost(lost(w)));
    worst.flatMap(AddressRound::rtt).ifPresent(rtt -> round.setRtt(rtt(rtt)));
    worst.flatMap(w -> timestamps(w.replies())).ifPresent(round::setTimestamps);
    worst.ifPresent(w -> w.replies().timeToLive().ifPresent(round::setReplyTtl));
    return round;
  }

  private static Optional<String> timestamps(Replies replies) {
    if (replies.rtts().isEmpty()) {
      return Optional.empty();
    }
    if (replies.kernelTimed() == 0) {
      return Optional.of("User");
    }
    return Optional.of(replies.kernelTimed() == replies.rtts().size() ? "Kernel" : "Mixed");
  }

  private static List<AddressStatus> addresses(Findings findings) {
    List<AddressRound> ranked = findings.ranked();
    List<Optional<Problem>> problems = findings.problemsByRank();
    return IntStream.range(0, Math.min(MAX_ADDRESSES, ranked.size()))
        .mapToObj(i -> address(ranked.get(i), problems.get(i)))
        .toList();
  }

  private static AddressStatus address(AddressRound round, Optional<Problem> problem) {
    AddressStatus status = new AddressStatus();
    status.setAddress(round.address());
    status.setSent(round.sent());
    status.setReceived(round.received());
    status.setLossPercent(round.lossPercent());
    status.setLost(lost(round));
    status.setReason(problem.map(Problem::reason).orElse(null));
    round.rtt().ifPresent(rtt -> status.setRtt(rtt(rtt)));
    return status;
  }

  private static Map<String, Integer> lost(AddressRound round) {
    if (round.lost().isEmpty()) {
      return Map.of();
    }
    Map<String, Integer> byReason = new TreeMap<>();
    round.lost().forEach((reason, count) -> byReason.put(reason(reason), count));
    return byReason;
  }

  private static RttStatus rtt(RttSummary summary) {
    RttStatus rtt = new RttStatus();
    rtt.setMin(duration(summary.min()));
    rtt.setAvg(duration(summary.avg()));
    rtt.setMax(duration(summary.max()));
    rtt.setStdDev(duration(summary.stdDev()));
    rtt.setJitter(duration(summary.jitter()));
    return rtt;
  }

  private static Optional<Instant> latest(
      RoundReport report, Function<AddressRound, Optional<Instant>> time) {
    return report.addresses().stream()
        .map(time)
        .flatMap(Optional::stream)
        .max(Comparator.naturalOrder())
        .map(t -> t.truncatedTo(ChronoUnit.MILLIS));
  }
}
