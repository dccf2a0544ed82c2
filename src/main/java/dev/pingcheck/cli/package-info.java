/**
 * In: a command line. Out: the parts, put together and started, and an exit code.
 *
 * <p>Never here: what the parts do; nothing may depend on this package.
 */
package dev.pingcheck.cli;
