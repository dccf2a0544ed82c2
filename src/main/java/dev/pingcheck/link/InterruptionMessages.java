package dev.pingcheck.link;

import dev.pingcheck.link.proto.Farewell;
import dev.pingcheck.plan.Interruption;
import java.time.Instant;
import java.util.Optional;

/** The end of a probe, and what the next one has to make up for, as messages and back. */
final class InterruptionMessages {
  private static final int NANOS_PER_SECOND = 1_000_000_000;

  private InterruptionMessages() {}

  static Farewell farewell(Instant begunUntil, boolean allTold) {
    return Farewell.newBuilder()
        .setBegunUntil(Times.encode(begunUntil))
        .setAllTold(allTold)
        .build();
  }

  /** Whether it names a time that there is. */
  static boolean isValid(Farewell farewell) {
    long seconds = farewell.getBegunUntil().getSeconds();
    int nanos = farewell.getBegunUntil().getNanos();
    return seconds >= 0
        && seconds < Instant.MAX.getEpochSecond()
        && nanos >= 0
        && nanos < NANOS_PER_SECOND;
  }

  /** What a probe leaves behind that ends now; what it says of the future is not believed. */
  static Interruption after(Farewell last, Instant now) {
    Instant said = Times.decode(last.getBegunUntil());
    return new Interruption(
        said.isAfter(now) ? now : said, last.getAllTold() ? Optional.empty() : Optional.of(now));
  }

  static dev.pingcheck.link.proto.Interruption encode(Interruption interruption) {
    var message =
        dev.pingcheck.link.proto.Interruption.newBuilder()
            .setSince(Times.encode(interruption.since()));
    interruption.brokenOff().ifPresent(time -> message.setBrokenOff(Times.encode(time)));
    return message.build();
  }

  /**
   * @throws java.time.DateTimeException if it names a time that no Instant can
   */
  static Interruption decode(dev.pingcheck.link.proto.Interruption message) {
    return new Interruption(
        Times.decode(message.getSince()),
        message.hasBrokenOff()
            ? Optional.of(Times.decode(message.getBrokenOff()))
            : Optional.empty());
  }
}
