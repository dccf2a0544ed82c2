/**
 * In: operators as real processes, probes that tell of a scripted world, faults of every kind. Out:
 * proof that each crossing becomes one event.
 *
 * <p>Never here: real packets, mocks of the API server.
 */
package dev.pingcheck.once;
