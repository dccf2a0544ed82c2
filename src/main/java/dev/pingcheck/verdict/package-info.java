/**
 * In: a round's report, the thresholds and the previous status. Out: a {@link
 * dev.pingcheck.verdict.Verdict}: the next status, the crossings to tell, how urgent it is.
 *
 * <p>Never here: API calls, clocks of its own, state between two calls: the status is the memory.
 */
package dev.pingcheck.verdict;
