/**
 * In: settled echoes of one round. Out: a {@link dev.pingcheck.stats.RoundReport} of exact figures.
 *
 * <p>Never here: anything but java.base; no clock, no judgement, no text for people.
 */
package dev.pingcheck.stats;
