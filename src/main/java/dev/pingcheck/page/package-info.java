/**
 * In: what the operator holds in memory. Out: a page for people, read-only, on a port of its own.
 *
 * <p>Never here: a call to the API server; a write of whatever kind.
 */
package dev.pingcheck.page;
