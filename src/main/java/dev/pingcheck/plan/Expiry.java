package dev.pingcheck.plan;

import dev.pingcheck.crd.OneOffMark;
import dev.pingcheck.crd.PingCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The end of a check of {@code kubectl pingcheck run} whose run was killed and could not delete it.
 * Its time is the API server's, which the clock here may be ahead of: a while more is waited for a
 * run to put it off.
 */
public final class Expiry {

  /** For so long after its time a one-off check is still pinged. */
  public static final Duration GRACE = Duration.ofMinutes(5);

  /** Somebody may have written a time in a far year. */
  private static final Duration LONGEST_LOOK = Duration.ofHours(1);

  private static final String ANNOTATION = "metadata.annotations[" + OneOffMark.EXPIRES + "]: ";

  private Expiry() {}

  /** Says why a check is not pinged any more; empty for one that has not expired. */
  public static Optional<Planning.Refused> refusal(PingCheck check, Instant now) {
    return OneOffMark.expiry(check.getMetadata())
        .filter(end -> !end.isAfter(now.minus(GRACE)))
        .map(end -> new Planning.Refused(Planning.EXPIRED, sentence(end)));
  }

  /**
   * When to look at a one-off check again, as it may have expired by then; empty for one that has,
   * and for every other check.
   */
  public static Optional<Duration> lookAgain(PingCheck check, Instant now) {
    return OneOffMark.expiry(check.getMetadata())
        .map(end -> Duration.between(now.minus(GRACE), end))
        .filter(Duration::isPositive)
        .map(left -> left.compareTo(LONGEST_LOOK) > 0 ? LONGEST_LOOK : left);
  }

  private static String sentence(Instant end) {
    return end.equals(Instant.EPOCH)
        ? ANNOTATION
            + "it is no time such as 2026-01-31T12:00:00Z, which each check with the label "
            + OneOffMark.LABEL
            + " needs: delete the check, or make it anew without that label"
        : ANNOTATION
            + "this time has passed, and the kubectl pingcheck run that made the check has not put"
            + " it off: delete the check";
  }
}
