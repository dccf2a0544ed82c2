package dev.pingcheck.operator.trust;

import dev.pingcheck.link.ServingIdentity;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * All that probes on the network trust this operator by.
 *
 * @param bundle the authorities that probes trust, the newest first, with the two below
 * @param signer which of them signs
 * @param successor one that will, once all probes know it
 * @param serving what the operator shows
 */
record Trust(
    List<X509Certificate> bundle,
    Authority signer,
    Optional<Authority> successor,
    ServingIdentity serving) {
  Trust {
    bundle = List.copyOf(bundle);
  }
}
