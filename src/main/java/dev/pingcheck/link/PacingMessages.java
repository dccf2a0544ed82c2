package dev.pingcheck.link;

import dev.pingcheck.stats.Pacing;
import dev.pingcheck.stats.Setback;
import dev.pingcheck.stats.SetbackCause;
import java.util.EnumMap;
import java.util.Map;

/** How a check's times were kept, as a message and back. */
final class PacingMessages {
  private static final String CAUSE = "CAUSE_";

  private PacingMessages() {}

  static dev.pingcheck.link.proto.Pacing encode(Pacing pacing) {
    var message =
        dev.pingcheck.link.proto.Pacing.newBuilder().setLongestDelay(pacing.longestDelay());
    pacing.setbacks().forEach((cause, setback) -> message.addSetbacks(encode(cause, setback)));
    return message.build();
  }

  /**
   * The other way around.
   *
   * @throws IllegalArgumentException if a value is negative, there twice or newer than this program
   */
  static Pacing decode(dev.pingcheck.link.proto.Pacing message) {
    Map<SetbackCause, Setback> setbacks = new EnumMap<>(SetbackCause.class);
    for (dev.pingcheck.link.proto.Setback entry : message.getSetbacksList()) {
      Setback setback =
          new Setback(entry.getRequestsDelayed(), entry.getDelay(), entry.getRoundsSkipped());
      if (setbacks.put(cause(entry.getCause()), setback) != null) {
        throw new IllegalArgumentException("twice: " + entry.getCause());
      }
    }
    return new Pacing(message.getLongestDelay(), setbacks);
  }

  private static dev.pingcheck.link.proto.Setback encode(SetbackCause cause, Setback setback) {
    return dev.pingcheck.link.proto.Setback.newBuilder()
        .setCause(dev.pingcheck.link.proto.Setback.Cause.valueOf(CAUSE + cause.name()))
        .setRequestsDelayed(setback.requestsDelayed())
        .setDelay(setback.delay())
        .setRoundsSkipped(setback.roundsSkipped())
        .build();
  }

  private static SetbackCause cause(dev.pingcheck.link.proto.Setback.Cause cause) {
    String name = cause.name();
    return SetbackCause.valueOf(name.startsWith(CAUSE) ? name.substring(CAUSE.length()) : name);
  }
}
