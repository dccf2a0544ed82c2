/**
 * In: the next status of a check. Out: one server-side-apply patch, within the budget of writes.
 *
 * <p>Never here: reading from the API server; a decision about health.
 */
package dev.pingcheck.report.status;
