/**
 * In: round reports, statuses, what probes say of themselves. Out: series, gone when their check
 * is.
 *
 * <p>Never here: thresholds, API calls.
 */
package dev.pingcheck.report.metrics;
