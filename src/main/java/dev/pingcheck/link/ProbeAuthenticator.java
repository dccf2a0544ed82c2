package dev.pingcheck.link;

import java.util.concurrent.CompletionStage;

/** Says who a probe is that dials over the network. */
@FunctionalInterface
public interface ProbeAuthenticator {

  /**
   * Called on the link's thread; must not block.
   *
   * @return what comes of it, on any thread, never exceptionally. If it is cancelled before, the
   *     probe has gone away and nobody needs the answer
   */
  CompletionStage<Admission> examine(Credentials credentials);
}
