/**
 * In: the pure parts of the echo engine. Out: nanoseconds and octets that one call of each takes.
 *
 * <p>Never here: sockets, threads, files; what needs root.
 */
package dev.pingcheck.bench.micro;
