package dev.pingcheck.verdict;

import dev.pingcheck.stats.AddressRound;
import dev.pingcheck.stats.LossReason;
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

/** Makes reports of a check of four echo requests, ten seconds apart. */
final class Rounds {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final Duration PERIOD = Duration.ofSeconds(10);

  private Rounds() {}

  static Instant end(int number) {
    return START.plus(PERIOD.multipliedBy(number));
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

  static RoundReport report(int number, Resolution resolution, List<AddressRound> addresses) {
    return new RoundReport(
        "uid-1",
        1,
        new RoundId("0123abcd", number),
        end(number).minusSeconds(5),
        end(number),
        resolution,
        addresses);
  }

  static AddressRound address(String address, int received, long rttNanos) {
    int lost = 4 - received;
    return new AddressRound(
        address,
        4,
        Collections.nCopies(received, rttNanos),
        lost == 0 ? Map.of() : Map.of(LossReason.TIMEOUT, lost),
        Strays.NONE,
        lost == 0 ? Optional.empty() : Optional.of(START),
        received == 0 ? Optional.empty() : Optional.of(START));
  }
}
