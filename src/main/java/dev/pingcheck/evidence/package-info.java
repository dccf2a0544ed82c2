/**
 * In: crossings that name a file, parts of it from probes. Out: a bounded folder of files, and
 * HTTP.
 *
 * <p>Never here: a decision whether a round is bad; the Kubernetes API; a path that a request
 * wrote.
 */
package dev.pingcheck.evidence;
