/**
 * In: verdicts and round reports. Out: status writes, events, metrics.
 *
 * <p>Never here: a decision about health; the Java Operator SDK.
 */
package dev.pingcheck.report;
