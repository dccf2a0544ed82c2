/**
 * In: what a user wrote into a PingCheck. Out: what the operator writes into its status.
 *
 * <p>Never here: judgement, state, API calls; only beans, their rules and how their text is read.
 */
package dev.pingcheck.crd;
