/**
 * In: packets to send, with their destinations and options. Out: what became of each, and what came
 * back, through a port that a test can play.
 *
 * <p>Never here: what a packet means, timeouts, plans.
 */
package dev.pingcheck.engine.socket;
