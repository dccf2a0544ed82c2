package dev.pingcheck.verdict;

/**
 * How one of the things that can come and go stands after a round.
 *
 * @param kind which thing: the event that tells of its coming
 * @param crossed whether this round has turned it
 * @param event what tells of the present state
 * @param note the sentence of that event
 */
record Standing(EventReason kind, boolean crossed, EventReason event, String note) {}
