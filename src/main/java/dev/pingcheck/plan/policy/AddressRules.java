package dev.pingcheck.plan.policy;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Which addresses may be pinged. One is allowed when the denied networks do not contain it, the
 * allowed ones do, and, if it is in a special network, one of these is that network or a part of
 * it. An address that embeds an IPv4 address is allowed when both are.
 *
 * @param allow networks of which one must contain an address
 * @param deny networks of which none may
 */
public record AddressRules(Networks allow, Networks deny) {

  /** What holds where nobody has said anything else: all but the special networks. */
  public static final AddressRules BUILT_IN = new AddressRules(Networks.ALL, Networks.NONE);

  /** Why an address is not to be pinged; empty if it may be. */
  public Optional<Denial> judge(InetAddress address) {
    return judge(Ip.of(address));
  }

  /** Why an address is not to be pinged; empty if it may be. */
  public Optional<Denial> judge(Ip address) {
    Optional<Denial> denial = judge(address, address);
    if (denial.isPresent()) {
      return denial;
    }
    return EmbeddedAddresses.of(address).stream()
        .map(embedded -> judge(address, embedded))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<Denial> judge(Ip address, Ip reached) {
    Optional<Network> denied = deny.narrowest(reached);
    if (denied.isPresent()) {
      return Optional.of(new Denial(address, reached, Denial.Cause.DENIED, denied));
    }
    Optional<Network> allowed = allow.narrowest(reached);
    Optional<Network> special = SpecialNetworks.around(reached);
    if (special.isPresent()) {
      boolean named = allowed.filter(n -> n.length() >= special.get().length()).isPresent();
      return named
          ? Optional.empty()
          : Optional.of(new Denial(address, reached, Denial.Cause.SPECIAL, special));
    }
    return allowed.isPresent()
        ? Optional.empty()
        : Optional.of(new Denial(address, reached, Denial.Cause.NOT_ALLOWED, Optional.empty()));
  }
}
