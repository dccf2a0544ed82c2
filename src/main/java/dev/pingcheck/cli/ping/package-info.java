/**
 * In: hosts and how to ping them. Out: lines as iputils prints them, a table, or JSON.
 *
 * <p>Never here: packets and sockets, which are the engine's.
 */
package dev.pingcheck.cli.ping;
