/**
 * In: crossings. Out: events.k8s.io/v1 events, each said once.
 *
 * <p>Never here: a decision whether something is worth an event.
 */
package dev.pingcheck.report.events;
