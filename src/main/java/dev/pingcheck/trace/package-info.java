/**
 * In: what the operator does, as it begins and ends. Out: spans to an OTLP receiver, if one is
 * named.
 *
 * <p>Never here: work that costs something while nobody asked for traces.
 */
package dev.pingcheck.trace;
