/**
 * Alerts, dashboards and their pages: made of one source, and tried on what really looks at them.
 *
 * <p>Never here: how a series is counted.
 */
package dev.pingcheck.monitoring;
