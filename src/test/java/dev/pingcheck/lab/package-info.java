/**
 * In: what a test wants to see in a network. Out: real namespaces that behave so, removed at the
 * end.
 *
 * <p>Never here: anything of PingCheck itself.
 */
package dev.pingcheck.lab;
