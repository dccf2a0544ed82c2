package dev.pingcheck.verdict;

import dev.pingcheck.stats.AddressRound;
import dev.pingcheck.stats.LossReason;
import dev.pingcheck.stats.Pacing;
import dev.pingcheck.stats.Replies;
import dev.pingcheck.stats.ReportBuilder;
import dev.pingcheck.stats.Resolution;
import dev.pingcheck.stats.RoundId;
import dev.pingcheck.stats.RoundReport;
import dev.pingcheck.stats.Strays;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes reports of a check of four echo requests, ten seconds apart. */
final class Rounds {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final String TARGET = "gw.example.com, ANY, FIRST";
  static final Duration PERIOD = Duration.ofSeconds(10);

  private Rounds() {}

  static Instant end(int number) {
    return START.plus(PERIOD.multipliedBy(number));
  }

  /** When a round began. */
  static Instant start(int number) {
    return end(number).minusSeconds(5);
  }

  static RoundReport of(int number, int received) {
    return of(number, address("192.0.2.1", received, 1_000_000));
  }

  static RoundReport of(int number, AddressRound... addresses) {
    return report(number, Resolution.resolved(), List.of(addresses));
  }

  static RoundReport unresolved(int number) {
    return report(number, Resolution.failed("There is no such name."), List.of());
  }

  /** The same round, of another probe. */
  static RoundReport by(String probe, RoundReport round) {
    return ReportBuilder.like(round).by(probe).build();
  }

  /** The same round, ended at another time. */
  static RoundReport endingAt(Instant end, RoundReport round) {
    return ReportBuilder.like(round).between(end.minusSeconds(5), end).build();
  }

  static RoundReport report(int number, Resolution resolution, List<AddressRound> addresses) {
    return new RoundReport(
        "uid-1",
        1,
        new RoundId("0123abcd", number),
        start(number),
        end(number),
        resolution,
        addresses,
        Pacing.ON_TIME);
  }

  static AddressRound address(String address, int received, long rttNanos) {
    int lost = 4 - received;
    return new AddressRound(
        address,
        4,
        new Replies(
            received,
            Collections.nCopies(received, rttNanos),
            received,
            OptionalInt.empty(),
            received == 0 ? Optional.empty() : Optional.of(START)),
        lost == 0 ? Map.of() : Map.of(LossReason.TIMEOUT, lost),
        Strays.NONE,
        lost == 0 ? Optional.empty() : Optional.of(START));
  }
}
