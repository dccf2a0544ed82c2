/**
 * In: a quiet machine with root. Out: what the echo engine can do, beside C, fping and others in
 * the same run.
 *
 * <p>Never here: tests; a figure without its peer.
 */
package dev.pingcheck.bench.engine;
