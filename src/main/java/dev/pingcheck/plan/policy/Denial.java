package dev.pingcheck.plan.policy;

import java.util.Optional;

/**
 * Why an address is not pinged.
 *
 * @param address that was judged
 * @param reached the address that is not allowed: the same, or the IPv4 address that it embeds
 * @param cause what forbids it
 * @param network that contains {@code reached} and is denied; empty for NOT_ALLOWED
 */
public record Denial(Ip address, Ip reached, Cause cause, Optional<Network> network) {

  /** What forbids an address. */
  public enum Cause {
    /** A policy denies its network. */
    DENIED,
    /** It is in a special network, and no policy allows that by name. */
    SPECIAL,
    /** No policy allows a network that contains it. */
    NOT_ALLOWED
  }

  /**
   * The reason as the end of a sentence, such as {@code 127.0.0.1 is in 127.0.0.0/8 (loopback),
   * which is denied unless a PingPolicy allows it by name}.
   *
   * @param policy who denies or does not allow: {@code PingPolicy tenants}, or less exactly
   */
  public String clause(String policy) {
    String subject =
        reached.equals(address)
            ? address + " is in "
            : address + " leads to " + reached + ", which is in ";
    return switch (cause) {
      case DENIED -> subject + network.orElseThrow() + ", which " + policy + " denies";
      case SPECIAL ->
          subject
              + network.orElseThrow()
              + " ("
              + SpecialNetworks.kind(network.orElseThrow())
              + "), which is denied unless a PingPolicy allows it by name";
      case NOT_ALLOWED -> subject + "no network that " + policy + " allows";
    };
  }
}
