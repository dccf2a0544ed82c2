/**
 * In: deadlines and the time, both as numbers. Out: what is due, in its order.
 *
 * <p>Never here: a clock of its own, threads, packets.
 */
package dev.pingcheck.schedule;
