/**
 * In: what a user wrote into a PingCheck. Out: what the operator writes into its status.
 *
 * <p>Never here: judgement, defaults in code, anything but beans and the rules of their schema.
 */
package dev.pingcheck.crd;
