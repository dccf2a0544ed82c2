/**
 * In: plans on the operator's side, round reports on the probe's. Out: the same on the other side,
 * over one gRPC stream.
 *
 * <p>Never here: judgement, scheduling, Kubernetes.
 */
package dev.pingcheck.link;
