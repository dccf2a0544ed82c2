/**
 * In: round reports and statuses. Out: Micrometer meters, gone when the check is.
 *
 * <p>Never here: thresholds, API calls.
 */
package dev.pingcheck.report.metrics;
