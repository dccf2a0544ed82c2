/**
 * In: plans, addresses, packets. Out: a {@link dev.pingcheck.stats.RoundReport} for each round of
 * each plan, exact to the echo.
 *
 * <p>Never here: judgement, Kubernetes, system calls, a clock that is not injected.
 */
package dev.pingcheck.engine;
