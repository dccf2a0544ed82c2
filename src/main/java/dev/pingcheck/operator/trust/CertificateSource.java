package dev.pingcheck.operator.trust;

import dev.pingcheck.link.ServingIdentity;
import java.util.Optional;

/** Where the operator's certificate comes from. One thread looks, any reads. */
interface CertificateSource {

  /** The one of the moment; empty until there is one. What was found once is kept. */
  Optional<ServingIdentity> current();

  /**
   * Looks whether another is to be used, and makes one where that is its task. May wait for the API
   * server; never throws.
   *
   * @return a sentence if something is not as it should be
   */
  Optional<String> look();
}
