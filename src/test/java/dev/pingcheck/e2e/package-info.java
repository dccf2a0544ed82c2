/**
 * In: the image and the manifests of {@code k8s/}. Out: what both do in real pods, seen from
 * outside.
 *
 * <p>Never here: the classes of the product; all goes by kubectl and by the node's files.
 */
package dev.pingcheck.e2e;
