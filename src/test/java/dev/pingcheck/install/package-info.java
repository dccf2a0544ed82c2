/**
 * In: k8s/ and helm/. Out: the proof that both install the same, and no more than they should.
 *
 * <p>Never here: pods that run; those are the business of the end-to-end tests.
 */
package dev.pingcheck.install;
