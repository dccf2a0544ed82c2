package dev.pingcheck.page.history;

import java.time.Instant;

/**
 * An event that the API server has.
 *
 * @param time of the crossing
 * @param type {@code Normal} or {@code Warning}
 * @param note the sentence that it tells, at most 1024 characters
 */
public record PastEvent(Instant time, String type, String reason, String note) {
  /** The longest note that the API takes, in characters. */
  private static final int LONGEST_NOTE = 1024;

  /** Cuts a note that is longer. */
  public PastEvent {
    note = note.substring(0, Math.min(LONGEST_NOTE, note.length()));
  }
}
