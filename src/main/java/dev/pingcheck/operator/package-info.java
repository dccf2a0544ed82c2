/**
 * In: PingChecks from the API server, reports from the link. Out: plans to the link, verdicts to
 * {@code report}. The Java Operator SDK lives here alone.
 *
 * <p>Never here: how a packet, a verdict or an event is made.
 */
package dev.pingcheck.operator;
