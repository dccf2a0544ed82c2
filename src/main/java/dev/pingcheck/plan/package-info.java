/**
 * In: the spec of a PingCheck and the policy. Out: a {@link dev.pingcheck.plan.ProbePlan}, or a
 * typed refusal with the sentence to tell.
 *
 * <p>Never here: clocks, sockets, API calls, state.
 */
package dev.pingcheck.plan;
