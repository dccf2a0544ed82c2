/**
 * In: nothing. Out: the time, as a value that a test can move.
 *
 * <p>Never here: timers, sleeping, formatting.
 */
package dev.pingcheck.clock;
