package dev.pingcheck.link;

import java.util.Optional;

/**
 * What a probe on the network shows when it begins a stream. Nothing of it is proved.
 *
 * @param token as it came, neither empty nor longer than the link's bound of headers
 * @param role what it wants to be
 * @param claimedNode the node that it says it is on, if it says so
 * @param peer the address that it dials from, without the port
 */
public record Credentials(String token, ProbeRole role, Optional<String> claimedNode, String peer) {

  /** Never the token. */
  @Override
  public String toString() {
    return "Credentials[" + role + ", " + claimedNode + ", " + peer + "]";
  }
}
