package dev.pingcheck.cli.kubectl;

import dev.pingcheck.crd.Durations;
import dev.pingcheck.crd.Headline;
import dev.pingcheck.crd.Headline.State;
import dev.pingcheck.crd.OneOffMark;
import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.crd.PingCheckStatus;
import dev.pingcheck.crd.RoundStatus;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * What {@code top} keeps of a check: these few words, never the check itself.
 *
 * @param state by which the worst come first
 * @param healthy True, False or Unknown
 * @param reason why
 * @param loss of the last round told, in percent
 * @param rtt its average, in nanoseconds
 * @param since when the condition that says so last turned
 * @param roundStart when the last round told began
 * @param expiry of a one-off check
 */
record CheckRow(
    String namespace,
    String name,
    String hostname,
    State state,
    String healthy,
    String reason,
    Optional<Integer> loss,
    Optional<Long> rtt,
    Optional<Instant> since,
    Optional<Instant> roundStart,
    Optional<Instant> expiry) {

  static CheckRow of(PingCheck check) {
    PingCheckStatus status = check.getStatus() == null ? new PingCheckStatus() : check.getStatus();
    Optional<RoundStatus> round = Optional.ofNullable(status.getLastRound());
    Headline headline = Headline.of(status);
    return new CheckRow(
        check.getMetadata().getNamespace(),
        check.getMetadata().getName(),
        check.getSpec() == null || check.getSpec().getHostname() == null
            ? ""
            : check.getSpec().getHostname(),
        headline.state(),
        status.condition("Healthy").map(Condition::getStatus).orElse("Unknown"),
        headline.reason(),
        round.map(RoundStatus::getLossPercent),
        round
            .map(RoundStatus::getRtt)
            .map(rtt -> rtt.getAvg())
            .flatMap(Durations::parse)
            .map(Duration::toNanos),
        headline.since().flatMap(CheckRow::time),
        round.map(RoundStatus::getStartTime),
        OneOffMark.expiry(check.getMetadata()));
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
