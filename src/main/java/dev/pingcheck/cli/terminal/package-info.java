/**
 * In: what a person or a script types and signals. Out: text that a terminal can bear.
 *
 * <p>Never here: what a command does.
 */
package dev.pingcheck.cli.terminal;
