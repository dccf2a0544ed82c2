/**
 * In: what a user asks of a cluster with kubectl's kubeconfig. Out: answers on a terminal.
 *
 * <p>Never here: Quarkus, a socket for echo requests, or a right that the user does not have.
 */
package dev.pingcheck.cli.kubectl;
