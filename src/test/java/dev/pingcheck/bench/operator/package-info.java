/**
 * In: a real API server, the operator's process, a probe that is simulated behind the real link or
 * real on loopback addresses. Out: what ten thousand checks cost, beside one write a round.
 *
 * <p>Never here: the engine's own figures.
 */
package dev.pingcheck.bench.operator;
