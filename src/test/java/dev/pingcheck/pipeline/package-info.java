/**
 * In: the built operator and probe, a real API server, a real network. Out: proof of what a user
 * sees.
 *
 * <p>Never here: a mock, but for the probe of a node that finds what no host of the lab can make.
 */
package dev.pingcheck.pipeline;
