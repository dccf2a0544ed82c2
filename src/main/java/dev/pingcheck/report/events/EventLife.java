package dev.pingcheck.report.events;

import java.time.Duration;
import java.time.Instant;

/**
 * How long the API server keeps an event, and what follows from it. A crossing that may have been
 * said before is said again under the same name and meets the event, as long as that is kept; later
 * it would come back as if it were new.
 *
 * @param ttl the API server's {@code --event-ttl} or less, at least a second
 */
public record EventLife(Duration ttl) {
  private static final Duration LATEST_CONFIRMATION = Duration.ofMinutes(5);
  private static final int CONFIRMATIONS_IN_A_LIFE = 4;
  private static final int MARGIN = 20;

  /**
   * @throws IllegalArgumentException with a sentence if the time is below a second
   */
  public EventLife {
    if (ttl.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException(
          "the life of events must be at least 1s, as the API server's --event-ttl is, not " + ttl);
    }
  }

  /**
   * Whether a crossing found in a stored status may still be said: its event, if there was one, is
   * certain to be there. A twentieth of the life is left for clocks that differ.
   */
  public boolean isRepeatable(Instant crossing, Instant now) {
    Duration age = Duration.between(crossing, now);
    return age.compareTo(ttl.minus(ttl.dividedBy(MARGIN))) < 0;
  }

  /**
   * The latest that a status may go on telling that its events may be missing, once they are there:
   * five minutes, the oldest that figures become, so that a check with figures to write confirms
   * along with them; less where events live for less than twenty minutes.
   */
  public Duration confirmWithin() {
    Duration part = ttl.dividedBy(CONFIRMATIONS_IN_A_LIFE);
    return part.compareTo(LATEST_CONFIRMATION) < 0 ? part : LATEST_CONFIRMATION;
  }
}
