/**
 * In: the built operator and probe, a real API server, a real network. Out: proof of what a user
 * sees.
 *
 * <p>Never here: a mock.
 */
package dev.pingcheck.pipeline;
