package dev.pingcheck.stats;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The valid replies of one round from one address.
 *
 * @param count how many, at least 0
 * @param rtts round-trip times in nanoseconds, in the order of their requests; fewer than {@code
 *     count} where the wall clock was set meanwhile, so that a time is not known
 * @param kernelTimed how many of the times the kernel has measured at both ends; the others come
 *     from the process's monotonic clock
 * @param timeToLive the TTL or hop limit with which the last one arrived, if the kernel told it
 * @param last wall-clock time when the last one arrived, if one did
 */
public record Replies(
    int count, List<Long> rtts, int kernelTimed, OptionalInt timeToLive, Optional<Instant> last) {
  public static final Replies NONE =
      new Replies(0, List.of(), 0, OptionalInt.empty(), Optional.empty());

  /**
   * @throws IllegalArgumentException if there are more times than replies, or more measured by the
   *     kernel than measured at all, or if the time to live is not from 0 to 255
   */
  public Replies {
    rtts = List.copyOf(rtts);
    if (rtts.size() > count || kernelTimed < 0 || kernelTimed > rtts.size()) {
      throw new IllegalArgumentException(
          "%d replies, %d times, %d of them the kernel's"
              .formatted(count, rtts.size(), kernelTimed));
    }
    if (timeToLive.isPresent() && (timeToLive.getAsInt() < 0 || timeToLive.getAsInt() > 255)) {
      throw new IllegalArgumentException("no time to live: " + timeToLive.getAsInt());
    }
  }
}
