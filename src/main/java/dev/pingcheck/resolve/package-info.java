/**
 * In: hostnames. Out: their addresses in order of preference, or one sentence why there are none.
 *
 * <p>Never here: echo requests, plans, judgement.
 */
package dev.pingcheck.resolve;
