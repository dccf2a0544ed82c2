package dev.pingcheck.link;

/**
 * The operator would like to have the packets of a round.
 *
 * @param uid of the check
 * @param round its number, as in the round's id
 */
public record EvidenceQuestion(String uid, long round) {}
