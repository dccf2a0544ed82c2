package dev.pingcheck.verdict;

import dev.pingcheck.crd.PingCheckStatus;

/**
 * What is to be told of a check.
 *
 * @param status the whole next status; the crossings to tell stand in its unconfirmedEvents
 * @param urgent whether it has to be written at once: a condition, the generation or a streak that
 *     decides about one has changed; otherwise only figures have
 * @param news false if the status told all of it before
 */
public record Verdict(PingCheckStatus status, boolean urgent, boolean news) {

  /** The verdict on a round that the status tells of already. */
  static Verdict toldBefore(PingCheckStatus status) {
    return new Verdict(status, false, false);
  }
}
