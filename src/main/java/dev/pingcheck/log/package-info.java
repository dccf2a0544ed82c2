/**
 * In: log records of both processes. Out: their lines, for people or for machines.
 *
 * <p>Never here: when something is worth a line.
 */
package dev.pingcheck.log;
