/**
 * In: certificates and tokens. Out: what probes on the network can trust the operator by, and who
 * of them is who.
 *
 * <p>Never here: checks, plans, judgement of rounds.
 */
package dev.pingcheck.operator.trust;
