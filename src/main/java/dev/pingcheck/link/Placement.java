package dev.pingcheck.link;

import io.grpc.Context;

/** Where a probe stands. The operator has made sure of it; the probe's own word is not enough. */
public sealed interface Placement {

  /** What a call says of its caller, put there by whoever let it in. */
  Context.Key<Placement> OF_CALL = Context.keyWithDefault("pingcheck-placement", new Beside());

  /** In the operator's own pod, at the other end of its Unix domain socket. */
  record Beside() implements Placement {}

  /**
   * In a pod of its own, where does not matter: it shares the checks that name no nodes with
   * others.
   *
   * @param pod the name of its pod
   */
  record Central(String pod) implements Placement {}

  /**
   * On a node, for the checks that name it.
   *
   * @param node the name of the node
   * @param pod the name of its pod
   */
  record OnNode(String node, String pod) implements Placement {}
}
