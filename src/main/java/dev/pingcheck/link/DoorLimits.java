package dev.pingcheck.link;

import java.time.Duration;

/**
 * The bounds of what a door on the network holds at a time.
 *
 * @param connections all of them; what is beyond is closed at once
 * @param strangers those of which nobody has been let in yet; beyond that the oldest is closed, so
 *     that those who dawdle are no obstacle to those who do not
 * @param patience how long a connection may be a stranger's
 * @param perSecond how many are accepted a second, and twice that at once; a handshake costs time
 * @param longestStay how long a stream lasts at most before its probe shows a token anew
 * @param reviewEvery how often the token of an open stream is examined again, more or less
 */
public record DoorLimits(
    int connections,
    int strangers,
    Duration patience,
    int perSecond,
    Duration longestStay,
    Duration reviewEvery) {

  /** 4096 connections, 512 strangers for ten seconds, 300 a second, an hour, five minutes. */
  public static DoorLimits defaults() {
    return new DoorLimits(
        4096, 512, Duration.ofSeconds(10), 300, Duration.ofHours(1), Duration.ofMinutes(5));
  }
}
