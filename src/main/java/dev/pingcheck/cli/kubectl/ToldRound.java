package dev.pingcheck.cli.kubectl;

import dev.pingcheck.crd.Durations;
import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.crd.RoundStatus;
import dev.pingcheck.crd.RttStatus;
import dev.pingcheck.crd.SourceStatus;
import dev.pingcheck.stats.RoundId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One round as a status tells it.
 *
 * @param node from which it was sent; empty for a check that names no nodes
 * @param id of the round
 * @param address that was pinged; empty if there was none
 * @param sent echo requests that are settled
 * @param received valid replies to them
 * @param times of the replies; of a node the average alone
 * @param lost how many for which reason; of a node only the main reason
 * @param ttl of the last reply
 */
record ToldRound(
    String node,
    RoundId id,
    String address,
    int sent,
    int received,
    Optional<Times> times,
    Map<String, Integer> lost,
    Optional<Integer> ttl) {

  /** Round-trip times in nanoseconds. */
  record Times(long min, long avg, long max, long deviation) {}

  /** The rounds that a status tells: one, or one a node. */
  static List<ToldRound> of(PingCheckStatus status) {
    if (!status.getSources().isEmpty()) {
      return status.getSources().stream().flatMap(ToldRound::of).toList();
    }
    RoundStatus round = status.getLastRound();
    if (round == null) {
      return List.of();
    }
    return RoundId.read(Objects.requireNonNullElse(round.getId(), "")).stream()
        .map(id ->
            new ToldRound(
                "",
                id,
                Objects.requireNonNullElse(status.getAddress(), ""),
                Objects.requireNonNullElse(round.getSent(), 0),
                Objects.requireNonNullElse(round.getReceived(), 0),
                Optional.ofNullable(round.getRtt()).map(ToldRound::times),
                Objects.requireNonNullElse(round.getLost(), Map.of()),
                Optional.ofNullable(round.getReplyTtl())))
        .toList();
  }

  private static Stream<ToldRound> of(SourceStatus source) {
    int sent = Objects.requireNonNullElse(source.getSent(), 0);
    int received = Objects.requireNonNullElse(source.getReceived(), 0);
    String reason = Objects.requireNonNullElse(source.getReachable(), "Timeout");
    return RoundId.read(Objects.requireNonNullElse(source.getRound(), "")).stream()
        .map(id ->
            new ToldRound(
                source.getNode(),
                id,
                Objects.requireNonNullElse(source.getAddress(), ""),
                sent,
                received,
                Optional.ofNullable(source.getRtt()).map(ToldRound::average),
                sent > received ? Map.of(reason, sent - received) : Map.of(),
                Optional.empty()));
  }

  private static Times average(String rtt) {
    long avg = nanos(rtt);
    return new Times(avg, avg, avg, 0);
  }

  private static Times times(RttStatus rtt) {
    return new Times(
        nanos(rtt.getMin()), nanos(rtt.getAvg()), nanos(rtt.getMax()), nanos(rtt.getStdDev()));
  }

  private static long nanos(String text) {
    return text == null ? 0 : Durations.parse(text).map(d -> d.toNanos()).orElse(0L);
  }
}
