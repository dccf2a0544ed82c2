package dev.pingcheck.link;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What the operator proves itself with to probes on the network.
 *
 * @param chain its certificate and what leads from there to an authority, at least the first
 * @param key the private key of the first
 */
public record ServingIdentity(List<X509Certificate> chain, PrivateKey key) {
  public ServingIdentity {
    chain = List.copyOf(chain);
  }

  X509Certificate certificate() {
    return chain.getFirst();
  }

  /** Never the key. */
  @Override
  public String toString() {
    return "ServingIdentity[" + certificate().getSerialNumber().toString(16) + "]";
  }
}
