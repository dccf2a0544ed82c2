package dev.pingcheck.plan.policy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Networks that are denied unless a policy allows them by name: what is no host of its own on a
 * network (RFC 6890), and what may be the node itself or its metadata service.
 */
final class SpecialNetworks {
  private static final Map<Network, String> KINDS = new LinkedHashMap<>();

  static {
    add("0.0.0.0/8", "unspecified"); // RFC 791 section 3.2: this network
    add("127.0.0.0/8", "loopback"); // RFC 1122 section 3.2.1.3
    add("169.254.0.0/16", "link-local"); // RFC 3927, and the metadata of most clouds
    add("224.0.0.0/4", "multicast"); // RFC 5771
    add("240.0.0.0/4", "reserved"); // RFC 1112 section 4
    add("255.255.255.255/32", "broadcast"); // RFC 919
    add("::/128", "unspecified"); // RFC 4291 section 2.5.2
    add("::1/128", "loopback"); // RFC 4291 section 2.5.3
    add("fe80::/10", "link-local"); // RFC 4291 section 2.5.6
    add("ff00::/8", "multicast"); // RFC 4291 section 2.7
  }

  private static final Networks ALL = Networks.of(KINDS.keySet());

  private SpecialNetworks() {}

  private static void add(String network, String kind) {
    KINDS.put(Network.of(network), kind);
  }

  /** The narrowest one around an address, if one is. */
  static Optional<Network> around(Ip address) {
    return ALL.narrowest(address);
  }

  /** What the network of {@link #around} is, in one word. */
  static String kind(Network special) {
    return KINDS.get(special);
  }
}
