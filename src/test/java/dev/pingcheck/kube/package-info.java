/**
 * In: the cluster script. Out: a real API server for tests, with clients.
 *
 * <p>Never here: mocks, knowledge of PingChecks beyond their CRD's file.
 */
package dev.pingcheck.kube;
