/**
 * In: README.md and docs/. Out: the proof that their links lead somewhere and their commands work.
 *
 * <p>Never here: what a single page says of its subject; that is held beside the subject.
 */
package dev.pingcheck.docs;
