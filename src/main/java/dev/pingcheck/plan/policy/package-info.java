/**
 * In: PingPolicies, the labels of a namespace, addresses. Out: what a namespace may ask for, and
 * why an address is not pinged.
 *
 * <p>Never here: API calls, names to resolve, state.
 */
package dev.pingcheck.plan.policy;
