/**
 * In: the answers of the API server. Out: how many of which kind, and how long it asks to wait.
 *
 * <p>Never here: what is asked of it, and why.
 */
package dev.pingcheck.report.calls;
